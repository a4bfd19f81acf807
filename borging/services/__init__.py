"""One module per screen: facts and frames in, a typed view out. No session, no clock."""
