"""Who holds a post on a day, and which posts are those of the leading group."""

from datetime import date

from core.model.dates import PartialDate
from core.model.people import LEADING_GROUP_POSTS, Post


def is_held(post: Post, day: date) -> bool:
    """Whether somebody is in office on a day; a month or a year counts to its end."""
    begun = post.since_on is None or post.since_on <= PartialDate.of(day)
    return begun and not is_over(post, day)


def is_over(post: Post, day: date) -> bool:
    """Whether its term ended before a day; a month or a year counts to its end."""
    until = post.until_on
    return until is not None and PartialDate(until.year, until.month or 12, until.day or 31) < PartialDate.of(
        day
    )


def is_of_leading_group(post: Post) -> bool:
    """Whether it is a post of the leading group or its office: one of theirs, without a place."""
    placed = post.work_group_id or post.organization_id or post.unit_id or post.community_id
    return post.kind in LEADING_GROUP_POSTS and not placed
