import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateOnKey } from "./conditions-support.ts";

const U = "unknown: k";

type Row = [expected: string, actual: string, wanted: string];

const check = (operator: string, rows: readonly Row[]) => {
  for (const [expected, actual, wanted] of rows)
    expect([operator, expected, actual, evaluateOnKey(operator, expected, [actual])]).toEqual([
      operator,
      expected,
      actual,
      wanted,
    ]);
};

describe("numeric operators", () => {
  it("compare by numeric value", () => {
    check("NumericEquals", [
      ["5", "5", "met"],
      ["5", "5.0", "met"],
      ["0.1", "0.10", "met"],
      ["-3", "-3", "met"],
      ["5", "50", "unmet"],
    ]);
    check("NumericNotEquals", [["5", "5.0", "unmet"]]);
    check("NumericLessThan", [
      ["10", "9", "met"],
      ["10", "10", "unmet"],
    ]);
    check("NumericLessThanEquals", [
      ["10", "10", "met"],
      ["10", "10.5", "unmet"],
    ]);
    check("NumericGreaterThan", [
      ["10", "9", "unmet"],
      ["-10", "-9", "met"],
    ]);
    check("NumericGreaterThanEquals", [["10", "10", "met"]]);
  });

  it("match no malformed number, and are unknown for numbers that only some parsers accept", () => {
    for (const text of ["", "five", "NaN", "Infinity", "1,5", "5 apples", "--5", "0x", "5*"])
      check("NumericEquals", [
        [text, "5", "unmet"],
        ["5", text, "unmet"],
        [text, text, "unmet"],
      ]);
    for (const text of ["five", ""])
      check("NumericNotEquals", [
        [text, "5", U],
        ["5", text, U],
      ]);
    for (const text of ["0x10", " 5", "5 ", "1e3", "+5", "5.", ".5", "12345678901234567890"])
      check("NumericGreaterThan", [
        ["1", text, U],
        [text, "1", U],
      ]);
  });
});

describe("date operators", () => {
  it("compare instants in ISO 8601 or epoch seconds", () => {
    check("DateEquals", [
      ["2020-04-01T00:00:00Z", "1585699200", "met"],
      ["2020-04-01T02:00:00+02:00", "2020-04-01T00:00Z", "met"],
      ["2020-03-31T19:30:00.000-04:30", "2020-04-01T00:00:00Z", "met"],
      ["2020-04-01", "2020-04-01T00:00:00Z", "met"],
      ["2020-04-01T00:00:00.5Z", "2020-04-01T00:00:00Z", "unmet"],
    ]);
    check("DateLessThan", [
      ["2020-04-01T00:00:00Z", "2020-03-31T23:59:59Z", "met"],
      ["2020-04-01T00:00:00Z", "1585699200", "unmet"],
    ]);
    check("DateLessThanEquals", [["2020-04-01T00:00:00Z", "1585699200", "met"]]);
    check("DateGreaterThan", [["1585699200", "2020-04-01T00:00:00.1Z", "met"]]);
    check("DateNotEquals", [["1585699200", "2020-04-01T00:00:00Z", "unmet"]]);
  });

  it("match no malformed date", () => {
    for (const text of [
      "soon",
      "",
      "2020-02-30T00:00:00Z",
      "2020-13-01",
      "2020-04-01T24:00:00Z",
      "2020-04-01T00:60:00Z",
      "2020-04-01T00:00:00+25:00",
      "2020-04-*",
      "01.04.2020",
    ]) {
      check("DateEquals", [
        [text, "2020-04-01T00:00:00Z", "unmet"],
        ["2020-04-01T00:00:00Z", text, "unmet"],
        [text, text, "unmet"],
      ]);
      check("DateNotEquals", [[text, "2020-04-01T00:00:00Z", U]]);
    }
  });

  it("are unknown for dates that only some parsers accept", () => {
    for (const text of [
      "2020",
      "2020-04",
      "2020-04-01T00:00:00",
      "20200401T000000Z",
      "2020-04-01 00:00:00Z",
      "2020-04-01T00:00:00 +0200",
      "2020-04-01t00:00:00z",
      "1585699200000",
      "1585699200.5",
      " 1585699200",
    ])
      check("DateGreaterThan", [["1970-01-01T00:00:00Z", text, U]]);
  });

  it("agree with Date on random instants", () => {
    const date = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (one, other) => {
        const wanted = one < other ? "met" : "unmet";
        expect(evaluateOnKey("DateLessThan", other.toISOString(), [one.toISOString()])).toBe(wanted);
      }),
    );
  });
});

describe("IP address operators", () => {
  it("match addresses within the range", () => {
    check("IpAddress", [
      ["203.0.113.0/24", "203.0.113.255", "met"],
      ["203.0.113.0/24", "203.0.114.0", "unmet"],
      ["203.0.113.9", "203.0.113.9", "met"],
      ["203.0.113.9", "203.0.113.8", "unmet"],
      ["0.0.0.0/0", "8.8.8.8", "met"],
      ["10.0.0.0/7", "11.1.1.1", "met"],
      ["10.1.2.3/8", "10.9.9.9", "met"],
      ["2001:db8::/32", "2001:0DB8:0000:0000:0000:0000:0000:0001", "met"],
      ["2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", "unmet"],
      ["::/0", "::1", "met"],
      ["2001:db8::1/128", "2001:db8:0:0::1", "met"],
    ]);
    check("NotIpAddress", [
      ["203.0.113.0/24", "203.0.113.255", "unmet"],
      ["203.0.113.0/24", "198.51.100.1", "met"],
    ]);
  });

  it("match no IPv6 address with an IPv4 range, nor the reverse", () => {
    check("IpAddress", [
      ["0.0.0.0/0", "2001:db8::1", "unmet"],
      ["::/0", "10.0.0.1", "unmet"],
    ]);
    check("NotIpAddress", [["10.0.0.0/8", "2001:db8::1", "met"]]);
  });

  it("are unknown for addresses with two readings", () => {
    check("IpAddress", [
      ["10.0.0.0/8", "::ffff:10.1.1.1", U],
      ["10.0.0.0/8", "::ffff:11.1.1.1", "unmet"],
      ["::ffff:10.0.0.0/104", "10.1.1.1", U],
      ["::/0", "::ffff:11.1.1.1", U],
      ["2001:db8::1", "2001:db8::1", "met"],
      ["2001:db8::1", "2001:db8::2", U],
      ["2001:db8::1", "2001:db9::1", "unmet"],
      ["010.0.0.0/8", "10.0.0.1", U],
    ]);
  });

  it("match no malformed address or range", () => {
    for (const text of [
      "",
      "10.0.0",
      "10.0.0.256",
      "10.0.0.0/33",
      "10.0.0.0/",
      "10.0.0.0/8/8",
      "10.0.0.*",
      "1::2::3",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7::8:9",
      "1:2:3:4::5:6:7:8",
      "12345::",
      "fe80::1%eth0",
      "::/129",
      ":",
      ":::",
      "1.2.3.4::",
      "g::",
    ]) {
      check("IpAddress", [
        [text, "10.0.0.1", "unmet"],
        [text, "::1", "unmet"],
        ["0.0.0.0/0", text, "unmet"],
      ]);
      check("NotIpAddress", [[text, "10.0.0.1", U]]);
    }
    check("IpAddress", [["0.0.0.0/0", "10.0.0.0/8", "unmet"]]);
  });

  const bytes = (count: number) =>
    fc.array(fc.integer({ min: 0, max: 255 }), { minLength: count, maxLength: count });
  const value = (address: readonly number[]) => address.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const v6 = (address: readonly number[]) =>
    Array.from({ length: 8 }, (_, at) => (address[at * 2]! * 256 + address[at * 2 + 1]!).toString(16)).join(
      ":",
    );

  it("agree with integer arithmetic on random addresses", () => {
    for (const [count, text] of [
      [4, (address: readonly number[]) => address.join(".")],
      [16, v6],
    ] as const) {
      const bits = count * 8;
      fc.assert(
        fc.property(
          bytes(count),
          bytes(count),
          fc.integer({ min: 0, max: bits }),
          fc.integer({ min: 0, max: count }),
          (one, other, prefix, shared) => {
            const near = [...one.slice(0, shared), ...other.slice(shared)];
            const shift = BigInt(bits - prefix);
            const wanted = value(one) >> shift === value(near) >> shift ? "met" : "unmet";
            expect(evaluateOnKey("IpAddress", `${text(one)}/${prefix}`, [text(near)])).toBe(wanted);
          },
        ),
      );
    }
  });
});
