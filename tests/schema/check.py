#!/usr/bin/env python3
"""The schemas of `bylaw build --emit schema` against scenario files: those of the examples fit, and what is wrong does not.

usage: check.py BYLAW FOLDER..      each folder a project
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's core types, as editors read them: no dates, and `yes` is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if not tag.endswith((":timestamp", ":bool", ":int", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for tag, pattern, first in [("bool", r"^(?:true|false)$", "tf"), ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
                            ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789")]:
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, yaml.resolver.re.compile(pattern), list(first))


def errors(schema, document):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"
            for e in jsonschema.Draft202012Validator(schema).iter_errors(document)]


def broken(document):
    """The document with one thing wrong, each in its own way."""
    def wrong(change):
        other = copy.deepcopy(document)
        change(other)
        return other

    first = document["scenarios"][0]
    first_of = lambda d: d["scenarios"][0]["scenarios"][0] if "group" in first else d["scenarios"][0]
    yield "an unknown key of the file", wrong(lambda d: d.update(scenarois=[]))
    yield "an unknown key of a scenario", wrong(lambda d: first_of(d).update(expct="deny"))
    yield "a scenario without a name", wrong(lambda d: first_of(d).pop("name"))
    yield "another verdict", wrong(lambda d: first_of(d).update(expect="permit"))
    yield "a rule that is not there", wrong(lambda d: first_of(d).update(by=["nobody.nothing"]))
    yield "a field that is not there", wrong(lambda d: first_of(d).update(when={"no_such_field": 1}))
    yield "a decision that is not there", wrong(lambda d: d.update(decision="no_such_decision"))


def main():
    bylaw, folders = sys.argv[1], sys.argv[2:]
    checked, problems = 0, []
    for folder in map(pathlib.Path, folders):
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([bylaw, "build", str(folder), "--emit", "schema", "-q", "-o", out], check=True)
            schemas = {p.name.removesuffix(".schema.json"): json.loads(p.read_text()) for p in pathlib.Path(out).iterdir()}
        for schema in schemas.values():
            jsonschema.Draft202012Validator.check_schema(schema)
        for path in sorted(folder.rglob("*.scenarios.yaml")):
            document = yaml.load(path.read_text(), Loader)
            decision = str(document.get("decision", "")).split(".")[-1]
            schema = schemas.get(decision) or next(iter(schemas.values()))
            problems += [f"{path}: {e}" for e in errors(schema, document)]
            for what, other in broken(document):
                if not errors(schema, other):
                    problems.append(f"{path}: {what} is not noticed")
            checked += 1
    print("\n".join(problems))
    print(f"{checked} scenario files, {len(problems)} problems")
    return 1 if problems or checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
