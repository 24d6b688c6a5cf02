"""The room's constants. As in `coaction.constants`, none is an option."""

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
HOURS_US = 4 * HOUR_US
BLOCKS_A_DAY = DAY_US // HOURS_US

# False discovery rate of the directives: an order is a graver word than an edge.
ALPHA = 0.01
# Accounts of a network that must have taken up an object before it is worth a question.
MEMBERS_MIN = 3
# So large a share of its accounts that were active on the day.
MEMBERS_SHARE = 0.05
# Days on which an object must have been taken up to be a directive of the whole log.
DAYS_MIN = 3
# Hours after a post in which answers to it are counted.
HOURS_AFTER = 6
# Counts' worth of the whole log in the prior of every rate.
PRIOR = 10.0
# Takings' worth of everybody's taste in a network's taste.
TASTE_PRIOR = 10.0
# The comparable part of the crowd took up so many times as much as the network.
BREADTH = 4.0
# Share of the smaller object's posts and members that two objects of one directive have in common.
SHARED = 0.75
