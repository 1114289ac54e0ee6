"""The ways through the house, a room per verb, each readable aloud as the list of its steps."""
