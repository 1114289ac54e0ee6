"""Bytes become values, or Problems: what editors wrote, understood once and trusted afterwards."""
