"""The balance relations of the form and the other checks, declared as values.

How to add a check:

1. Declare it in a module of `gipcore/checks/declared/` (one module a subject), as a value of one of
   the kinds in `gipcore/checks/kinds.py`. Nothing needs to be registered: the module is found.
   `Balance`       what comes in equals what goes out, column by column
   `Footing`       a line equals the sum of other lines, column by column
   `CrossFooting`  a column equals the sum of other columns, line by line
   `Agreement`     a figure that the text states equals the table
   `RollForward`   a figure follows from that of the year before
   `Condition`     what no kind can say: a small function that yields outcomes, and its sentences
2. Give it its card: the code (public, never used again for another check), a name, title,
   explanation and formula in both languages, severity, and the source it rests on. A check that no
   notice prescribes has no source, and says so.
3. Write its cases in `tests/checks/cases/<code>.toml`: at least one each of passed, failed and not
   applicable. A check that cannot fail is a defect.
4. Run `python -m gipcore catalogue`, which rewrites `gipcore/CHECKS.md`.

A check sees a `Subject` and nothing else: no database, no file, no clock. What a comparison with
other offices needs comes to it as `Surroundings`, which only the store can fill. A blank,
unreadable or absent cell makes an outcome not applicable with a reason; it is never taken for 0 or
for a pass.
"""
