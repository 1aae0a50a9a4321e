"""Companies of which an exhibit shows nothing: a reader must see that a figure is missing, not that it was left out."""

from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit


def absence_note(context: Context, exhibit: Exhibit) -> str | None:
    """Return a note that names the companies an exhibit is silent about, or ``None`` if there are none.

    A company counts as named if it has a figure, a row or a label in the chart, or a note of its own. Tables have a
    column or a row for every company; an exhibit without any figure says so itself.

    Args:
        context: The context.
        exhibit: An exhibit that compares the companies of the view.
    """
    shown = {point.company for point in exhibit.points if point.value is not None}
    if exhibit.figure is None or not shown or shown.issuperset(context.companies):
        return None
    written = "\n".join([str(exhibit.figure.to_dict()), *exhibit.notes])
    names = [context.name(company) for company in context.companies if company not in shown]
    absent = [name for name in names if name not in written]
    return context.say("note.absent", names=context.say.join(absent)) if absent else None
