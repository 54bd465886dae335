"""The role table: what each role may do in the admin. There are no groups and no grants to single persons.

What a user may do with one inspection or one paper is said by the permissions of those apps.
"""

from accounts.models import Role

SEE = frozenset({"view"})
KEEP = frozenset({"view", "add", "change"})  # what is kept for ever: a user who left is switched off
ALL = frozenset({"view", "add", "change", "delete"})

# App, then model; "*" stands for the models of the app that are not named.
ADMINISTERED = {
    Role.SUPERINTENDENT: {
        "accounts": {"department": ALL, "user": KEEP},
        "audit": {"event": SEE},
        "contractors": {"*": ALL},
        "inspections": {
            "*": SEE,
            "basis": ALL,
            "statusreason": ALL,
            "findingtype": ALL,
            "checklist": ALL,
            "indicator": ALL,
            "checklistitem": ALL,
        },
        "follow_up": {
            "*": SEE,
            "dispositiontype": ALL,
            "ladder": ALL,
            "rung": ALL,
            "deadlinerule": ALL,
            "holiday": ALL,
        },
        "reports": {"*": SEE, "numbercounter": ALL, "decisionrule": ALL},
    },
}


def may_administer(user, app, action, model):
    """Whether the role of the user may do this in the admin."""
    return action in _models(user, app).get(model, _models(user, app).get("*", frozenset()))


def may_enter_app(user, app):
    return bool(_models(user, app))


def _models(user, app):
    return ADMINISTERED.get(user.role, {}).get(app, {})
