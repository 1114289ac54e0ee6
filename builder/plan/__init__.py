"""Decides everything and makes nothing: what may appear, where it stands, what an edition holds."""
