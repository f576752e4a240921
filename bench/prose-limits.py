#!/usr/bin/env python3
"""Measures what the generator takes from the prose of pages against the service models.

    python3 bench/prose-limits.py SCHEMAS [--show N]

SCHEMAS is what `countersign schema generate PAGES --out SCHEMAS` wrote of boto3's pages, without limits files.
Needs boto3, whose service models hold the true lengths, item counts and ranges. Prints how many of the limits
in the schemas are equal to the model's, contradict it, or are about something that the model leaves open; how
many of the model's limits the pages let the generator find; and whether each `$ref` of a recursive shape leads
to the shape that it stands for. Exits 1 if anything contradicts the models.
"""
import argparse, collections, json, os, sys, warnings

warnings.filterwarnings("ignore")
try:
    import botocore.session
except ImportError:
    print("prose-limits: boto3 is not installed here", file=sys.stderr)
    sys.exit(3)

KEYS = {
    "string": {"minLength": "min", "maxLength": "max"},
    "list": {"minItems": "min", "maxItems": "max"},
    "number": {"minimum": "min", "maximum": "max"},
}
NUMBERS = {"integer", "long", "float", "double"}


class Measure:
    def __init__(self):
        self.counts = collections.Counter()
        self.wrong = []
        self.names = {}

    def walk(self, shape, schema, place, ref, around):
        """Visits a shape and its schema side by side; `names` remembers which shape stands at which `$ref`."""
        if shape.name in around:
            self.recursion(shape, schema, place)
            return
        around = around + [shape.name]
        self.names[ref] = shape.name
        kind = "number" if shape.type_name in NUMBERS else shape.type_name
        self.limits(KEYS.get(kind, {}), shape.metadata, schema, place)
        self.children(shape, schema, place, ref, around)

    def limits(self, keys, metadata, schema, place):
        for key, name in keys.items():
            true, taken = metadata.get(name), schema.get(key)
            self.counts["true"] += true is not None
            if taken is None:
                continue
            verdict = "open" if true is None else "equal" if true == taken else "contradicts"
            self.counts[verdict] += 1
            if verdict == "contradicts":
                self.wrong.append(f"{place}: {key} {taken}, the model says {true}")

    def recursion(self, shape, schema, place):
        if "$ref" not in schema:
            self.counts["recursion left open"] += 1
        elif self.names.get(schema["$ref"]) == shape.name:
            self.counts["recursion equal"] += 1
        else:
            self.wrong.append(f"{place}: {schema['$ref']} is {self.names.get(schema['$ref'])}, not {shape.name}")

    def children(self, shape, schema, place, ref, around):
        if shape.type_name == "structure":
            for name, member in shape.members.items():
                inner = schema.get("properties", {}).get(name)
                if inner is not None:
                    self.walk(member, inner, f"{place}/{name}", f"{ref}/properties/{name}", around)
        elif shape.type_name == "list" and "items" in schema:
            self.walk(shape.member, schema["items"], f"{place}/*", f"{ref}/items", around)
        elif shape.type_name == "map" and isinstance(schema.get("additionalProperties"), dict):
            inner = schema["additionalProperties"]
            self.walk(shape.value, inner, f"{place}/*", f"{ref}/additionalProperties", around)


def schemas_of(root):
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            operation, _, part = name.removesuffix(".json").rpartition(".")
            if part in ("request", "response") and name.endswith(".json"):
                yield os.path.basename(folder), operation, part, os.path.join(folder, name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("schemas")
    parser.add_argument("--show", type=int, default=40)
    arguments = parser.parse_args()
    session, measure, models, schemas = botocore.session.get_session(), Measure(), {}, 0
    for service, operation, part, path in schemas_of(arguments.schemas):
        model = models.setdefault(service, session.get_service_model(service)).operation_model(operation)
        shape = model.input_shape if part == "request" else model.output_shape
        if shape is None:
            continue
        schemas += 1
        measure.names = {}
        with open(path, encoding="utf-8") as file:
            measure.walk(shape, json.load(file), f"{service}:{operation} {part} ", "#", [])
    for line in measure.wrong[: arguments.show]:
        print(line)
    count = measure.counts
    taken = count["equal"] + count["open"] + count["contradicts"]
    share = 100 * count["equal"] / max(1, count["true"])
    print(f"{schemas} schemas, {taken} limits taken from prose: {count['equal']} equal to the model's, "
          f"{count['contradicts']} contradict it, {count['open']} where it has none")
    print(f"{count['equal']} of the models' {count['true']} limits found ({share:.2f} %)")
    print(f"recursive members: {count['recursion equal']} lead to the right shape, "
          f"{count['recursion left open']} are left open")
    return 1 if measure.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
