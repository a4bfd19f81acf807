"""Hoe staat het volgens u met de borging van dit project?"""

from borging.ui.scan import answer_parts

answer_parts.draw()
