// The page's style sheet: one column on a phone, two beside each other on a wide screen; light or dark as the reader
// is.
#pragma once

#include <string_view>

namespace walkthrough {

constexpr std::string_view page_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #23262b; --quiet: #6a6f78; --line: #e2dfd8; --panel: #f5f3ee;
  --generated: #c2452d; --compile: #e0a458; --naive: #8b919b; --copy: #7ba6a0; --track: #ece9e2;
  --keyword: #8a3ffc; --type: #0f62a8; --literal: #9a5b00; --comment: #6f7a6a; --mark: #fde7b3; --good: #2c7a4b;
  --bad: #b3261e; --bad-panel: #fbe9e7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #dfe1e4; --quiet: #9aa0a9; --line: #33373d; --panel: #1e2125;
    --generated: #f0745a; --compile: #d9a055; --naive: #767d88; --copy: #6fa39b; --track: #26292e;
    --keyword: #c4a0ff; --type: #7cb8f2; --literal: #e0b060; --comment: #8b9685; --mark: #574712; --good: #7cc796;
    --bad: #ff8a80; --bad-panel: #38211f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 17px/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
}
h1 { font-size: clamp(1.7rem, 5vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 .6rem; max-width: 22em; }
h2 { font-size: 1.45rem; line-height: 1.25; letter-spacing: -0.01em; margin: 3.5rem 0 .6rem; }
h3 { font-size: 1.08rem; margin: 2rem 0 .4rem; }
p { margin: .6rem 0 1rem; max-width: 44em; }
.lead { color: var(--quiet); font-size: 1.08rem; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono", monospace; }
p code { font-size: .88em; }
pre {
  margin: 0; padding: .9rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
  font-size: 12.5px; line-height: 1.6; overflow-x: auto; tab-size: 2;
}
pre.long { max-height: 34rem; overflow-y: auto; }
.keyword { color: var(--keyword); } .type { color: var(--type); } .literal { color: var(--literal); }
.comment { color: var(--comment); font-style: italic; }
mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 1px 0; }
.numbered .line { display: block; padding: 0 .4rem 0 0; min-width: max-content; }
.numbered .number { display: inline-block; width: 2.4rem; padding-right: .9rem; text-align: right; color: var(--quiet); user-select: none; }
.numbered .marked { background: var(--bad-panel); box-shadow: inset 3px 0 var(--bad); }
.pair { display: grid; gap: 1.25rem 1.5rem; margin: 1rem 0; grid-template-columns: minmax(0, 1fr); }
.pair + .pair { margin-top: 2.2rem; }
.tiles { display: grid; gap: .75rem; margin: 1.8rem 0 0; grid-template-columns: repeat(2, minmax(0, 1fr)); }
.tile { border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1rem; background: var(--panel); }
.tile b { display: block; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; white-space: nowrap; }
.tile span { color: var(--quiet); font-size: .86rem; line-height: 1.35; display: block; }
.tile.generated b { color: var(--generated); }
@media (min-width: 56rem) {
  .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tiles { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
figure { margin: 0; min-width: 0; }
figure img { display: block; width: 100%; height: auto; border-radius: 8px; background: var(--panel); }
figcaption, .caption { color: var(--quiet); font-size: .88rem; margin: .45rem 0 0; }
.column > .caption { margin: 0 0 .45rem; }
.column { min-width: 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; margin: 1rem 0; }
.timings { width: 100%; font-size: .95rem; }
.timings th { font-weight: 500; color: var(--quiet); font-size: .86rem; }
.timings th, .timings td { text-align: right; padding: .42rem 0 .42rem 1rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
.timings th:first-child, .timings td:first-child { text-align: left; padding-left: 0; }
.timings i { display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-right: .6em; }
i.naive { background: var(--naive); } i.generated { background: var(--generated); }
i.compile { background: var(--compile); } i.copy { background: var(--copy); }
.kernel { margin: 1rem 0; }
.kernel td { border: 1px solid var(--line); min-width: 2.9rem; height: 2.5rem; text-align: center; padding: 0 .3rem; background: var(--panel); }
.kernel .zero { color: var(--quiet); background: none; opacity: .7; }
.chart figcaption { margin: 0 0 .6rem; }
@media (max-width: 40rem) { .timings .detail { display: none; } .timings { font-size: .88rem; } .timings td:first-child { white-space: normal; } .chart text.label, .chart text.amount { font-size: 17px; } }
.chart svg { width: 100%; height: auto; display: block; }
.pair pre { font-size: 12px; }
.chart text { font-size: 14px; fill: var(--ink); font-family: inherit; }
.chart .amount { text-anchor: end; font-weight: 600; font-variant-numeric: tabular-nums; }
.chart .track { fill: var(--track); }
.chart .naive { fill: var(--naive); } .chart .generated { fill: var(--generated); }
.chart .compile { fill: var(--compile); } .chart .copy { fill: var(--copy); }
.verdict { font-weight: 600; color: var(--good); }
.verdict.differs { color: var(--bad); }
.message { margin: .7rem 0; padding: .7rem 1rem; border-radius: 8px; background: var(--bad-panel); border-left: 3px solid var(--bad); overflow-wrap: anywhere; }
.message b { color: var(--bad); }
.message code { font-size: 12.5px; white-space: pre-wrap; }
details { margin: 1rem 0; border-top: 1px solid var(--line); padding-top: .6rem; }
summary { cursor: pointer; color: var(--type); }
details pre { margin-top: .8rem; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .9rem; }
footer dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.2rem; }
footer dd { margin: 0; overflow-wrap: anywhere; }
)css";

}  // namespace walkthrough
