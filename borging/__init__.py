"""Borgingsmonitor: watches whether project results in care organisations last."""
