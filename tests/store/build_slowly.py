"""A build that stands still in the middle: run with an address, killed by the test."""

import sys
import time

from gipcore.store.building import new_database
from tests.factories import REGISTER, balanced, make_report, read

if __name__ == "__main__":
    with new_database(sys.argv[1], REGISTER) as writer:
        for year in range(2021, 2026):
            writer.save(read(make_report(year=year, figures=balanced(year))))
        print("in the middle", flush=True)
        time.sleep(60)
