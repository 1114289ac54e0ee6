"""What things are: frozen values, a room per kind, no behaviour beyond their own fields."""
