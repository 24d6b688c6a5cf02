"""What a network worked on: directives by day, targets, amplified accounts, impact."""
