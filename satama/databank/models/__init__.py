"""The shared nouns. What must always hold is a constraint here or a trigger in migrations/0002."""

from .change import Change
from .closure import Closure
from .entry import Entry
from .fact import Fact, FactValue
from .link import Link, LinkHost
from .machine import MachineUse
from .member import Member
from .organisation import Organisation, Place
from .reach import Reach
from .redirect import Redirect
from .region import ContentVersion, Municipality, Region
from .release import Release
from .text import Text
from .topic import Topic
from .upkeep import Reminder
from .upload import Upload
from .ways import Channel, EntryLink, EntryTopic
from .wording import Wording

__all__ = [
    "Change",
    "Channel",
    "Closure",
    "ContentVersion",
    "Entry",
    "EntryLink",
    "EntryTopic",
    "Fact",
    "FactValue",
    "Link",
    "LinkHost",
    "MachineUse",
    "Member",
    "Municipality",
    "Organisation",
    "Place",
    "Reach",
    "Redirect",
    "Region",
    "Release",
    "Reminder",
    "Text",
    "Topic",
    "Upload",
    "Wording",
]
