#!/usr/bin/python3
"""count-results.py on logs written by hand."""

import importlib.util
import json
import os
import tempfile
import unittest

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "count-results.py")
SPEC = importlib.util.spec_from_file_location("count_results", PATH)
count_results = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(count_results)


def cases(result, stdout):
    return count_results.cases_of_program({"name": "x", "result": result, "stdout": stdout})


class Cases(unittest.TestCase):
    def test_every_tap_line_is_a_case(self):
        self.assertEqual(
            cases("OK", "TAP version 13\n# note\nok 1 /a\nok 2 /b # SKIP no reference\n1..2\n"),
            ["passed", "skipped"],
        )

    def test_a_suites_own_line_is_not_a_case(self):
        nested = "# Subtest: a\n    ok 1 one\n    not ok 2 two\n    1..2\nnot ok 1 a\nok 2 b\n1..2\n"
        self.assertEqual(cases("FAIL", nested), ["passed", "failed", "passed"])

    def test_a_program_that_died_is_a_failed_case(self):
        self.assertEqual(cases("ERROR", "ok 1 /a\n"), ["passed", "failed"])
        self.assertEqual(cases("TIMEOUT", ""), ["failed"])
        self.assertEqual(cases("INTERRUPT", ""), ["failed"])

    def test_a_failed_case_is_counted_once(self):
        self.assertEqual(cases("FAIL", "ok 1 /a\nnot ok 2 /b\n"), ["passed", "failed"])

    def test_a_program_without_tap_is_one_case(self):
        self.assertEqual(cases("OK", None), ["passed"])
        self.assertEqual(cases("SKIP", ""), ["skipped"])
        self.assertEqual(cases("FAIL", "something is not ok"), ["failed"])


class Status(unittest.TestCase):
    def status(self, *results):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
            for result in results:
                log.write(json.dumps({"name": "x", "result": result, "stdout": ""}) + "\n")
            log.flush()
            return count_results.main(log.name)

    def test_success_needs_a_passed_case_and_no_failed_one(self):
        self.assertEqual(self.status("OK", "SKIP"), 0)
        self.assertEqual(self.status("OK", "FAIL"), 1)
        self.assertEqual(self.status(), 1)


if __name__ == "__main__":
    unittest.main()
