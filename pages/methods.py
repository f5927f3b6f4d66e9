"""Methods.

How are reports read, checked and counted, and what do the words and signs mean?
"""

from gipcore.ui import data, methods
from gipcore.ui.figures import legend
from gipcore.ui.html import link, paragraph, show
from gipcore.ui.language import say
from gipcore.ui.parts import citation, heading, sentences, title
from gipcore.ui.query import address

PRINCIPLES = ("as_printed", "traced", "blank", "conflict", "no_ranks")
SHARES = ("denominator", "small", "balanced", "interval", "concluded")
LIMITS = ("coverage", "sums", "text", "identity")

title(say("methods.title"), say("methods.lead"))

heading(say("methods.principles"))
sentences(say(f"methods.{name}") for name in PRINCIPLES)

heading(say("methods.states"), say("methods.states_lead"))
show(legend())

heading(say("methods.checks"), say("methods.checks_lead"))
show(paragraph(link(say("checks.all_results"), address("checks"))))
show(methods.checks_table())

heading(say("methods.shares"))
sentences(say(f"methods.shares_{name}") for name in SHARES)
show(methods.indicators_table())

heading(say("methods.editions"))
show(methods.editions_table())

heading(say("methods.glossary"), say("methods.glossary_lead"))
show(methods.glossary_table())

heading(say("methods.limits"))
sentences(say(f"methods.limits_{name}") for name in LIMITS)
citation(say("methods.title"), data.state())
