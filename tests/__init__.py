"""Tests mirror builder/; tiers and newsrooms are in CONTRIBUTING.md."""
