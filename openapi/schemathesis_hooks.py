"""What schemathesis does beside its own checks: requests that reach the rules, and two checks of refusals."""

import json
import re
import uuid

import schemathesis

# Said of a value by itself, so the specification must say it too. `required` and `wrong_form` also come from rules
# that look at several members.
OF_THE_SHAPE = {"wrong_type", "unknown_field"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """A retry key of its own for each request, and whatever version is there: else nearly all end at those two."""
    headers = case.headers
    if headers is None:
        return
    for name in list(headers):
        value = str(headers[name])
        if name.lower() == "idempotency-key" and re.fullmatch(r'"[!#-\[\]-~]{1,200}"|[!#-\[\]-~]{1,200}', value):
            headers[name] = str(uuid.uuid4())
        if name.lower() == "if-match" and re.fullmatch(r'"v[0-9]{1,18}(-[!#-~]{1,100})?"', value):
            headers[name] = "*"


def errors_of(response):
    if response.status_code != 422:
        return []
    return json.loads(response.content).get("errors", [])


@schemathesis.check
def shapes_are_published(ctx, response, case):
    """What fits the schema is not refused for its shape."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    told = [error for error in errors_of(response) if error["code"] in OF_THE_SHAPE]
    assert not told, f"The schema takes it, the server does not: {told}"


@schemathesis.check
def pointers_lead_somewhere(ctx, response, case):
    """A pointer of a refusal leads to a member of what was sent, or to one that is missing in an object of it."""
    if not isinstance(case.body, (dict, list)):
        return
    for error in errors_of(response):
        pointer = error["pointer"]
        if not pointer.startswith("/") or "\ufffd" in pointer or len(pointer) >= 400:
            continue
        here = json.loads(response.request.body)
        for part in pointer.split("/")[1:-1]:
            part = part.replace("~1", "/").replace("~0", "~")
            if isinstance(here, list):
                here = here[int(part)] if part.isdigit() and int(part) < len(here) else None
            else:
                here = here.get(part) if isinstance(here, dict) else None
            assert here is not None, f"{pointer} leads to nothing in what was sent"
