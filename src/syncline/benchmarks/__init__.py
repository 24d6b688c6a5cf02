"""Accuracy and speed against published methods, on logs with known truth. No room imports from here."""
