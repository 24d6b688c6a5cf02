"""What the accounts themselves show: signs that they were made up, or that clear them."""

from syncline.accounts.pictures import check_pictures
from syncline.accounts.signs import add_signs, find_signs, find_signs_of_list

__all__ = ["add_signs", "check_pictures", "find_signs", "find_signs_of_list"]
