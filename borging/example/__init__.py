"""The example portfolio: a fictitious care organisation, made from texts, a seed and a day.

Nothing here touches a database. Time is counted in whole weeks from the week of `as_of`, so
that the same seed gives the same portfolio on every day, only moved along.
"""
