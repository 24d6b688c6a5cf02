"""Engines run one SQL step at a time. The steps themselves live in the rooms that own them."""
