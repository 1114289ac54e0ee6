"""Yearround: stories of great service and honest numbers, made into a newsletter site and an email digest."""

__version__ = "0.1.0"
