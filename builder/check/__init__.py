"""Small rules over everything: sources, plans and finished pages become Problems."""
