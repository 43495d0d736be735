import { describe, expect, it } from "vitest";
import { Words } from "../src/words";

const words = new Words({ base: 14 * 3600, group: "\u00a0", decimal: ",", percent: "\u00a0%", texts: { "chart.kilometers": "{n} км", twice: "{a} {a} {b}" } });

describe("words", () => {
  it("groups thousands in the page's way", () => {
    expect([0, 999, 1000, 1234567, -45000].map((n) => words.number(n))).toEqual(["0", "999", "1\u00a0000", "1\u00a0234\u00a0567", "-45\u00a0000"]);
  });
  it("writes percentages in the page's way", () => {
    expect(words.percent(0.854)).toBe("85\u00a0%");
  });
  it("fills placeholders, leaves unknown ones and shows unknown ids", () => {
    expect(words.say("chart.kilometers", { n: "2" })).toBe("2 км");
    expect(words.say("twice", { a: "x" })).toBe("x x {b}");
    expect(words.say("no.such")).toBe("no.such");
  });
  it("passes midnight both ways", () => {
    expect(words.clock(0)).toBe("14:00");
    expect(words.clock(632)).toBe("00:32 (+1)");
    expect(words.clock(-841)).toBe("23:59 (-1)");
    expect(words.tick(632)).toBe("00:32");
  });
});
