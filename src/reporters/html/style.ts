/** The page's whole style. Filters work without a script: a box that isn't checked hides what has its class. */
export const STYLE = `
:root { color-scheme: light dark; --fail: #b3261e; --warn: #8a5a00; --open: #1f5fbf; --ok: #2e7d32; --line: #8885; }
@media (prefers-color-scheme: dark) { :root { --fail: #ff8a80; --warn: #ffca5f; --open: #8ab4f8; --ok: #81c995; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3, h4, summary { font-size: 1rem; }
h4 { margin: 0; font-weight: 600; }
code, pre { font-family: ui-monospace, monospace; font-size: .87em; }
pre { overflow-x: auto; background: #8881; padding: .5rem; border-radius: 6px; margin: .4rem 0; }
mark { background: #f9a8; color: inherit; border-bottom: 2px solid var(--fail); }
.number { color: #888; user-select: none; }
.place { color: #777; margin: .1rem 0; }
.verdict { font-size: 1.05rem; }
.filter { margin: 1rem .3rem 1rem 0; }
.filter + label { margin-right: 1.2rem; }
:focus-visible { outline: 3px solid var(--open); outline-offset: 2px; }
.scroll { overflow: auto; max-height: 32rem; border: 1px solid var(--line); }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .2rem .5rem; text-align: left; vertical-align: top; font-weight: normal; }
thead th { vertical-align: bottom; position: sticky; top: 0; background: Canvas; }
.matrix thead span { writing-mode: vertical-rl; transform: rotate(180deg); font-size: .85em; }
.matrix td { text-align: center; }
.matrix td a { font-weight: bold; text-decoration: none; display: block; }
.error a, .finding.fail .label, .fail .outcome { color: var(--fail); }
.warning a { color: var(--warn); }
td.undecided a, .finding.undecided .label, .undecided .outcome { color: var(--open); }
.pass .outcome { color: var(--ok); }
.finding { border-left: 4px solid var(--line); padding: .3rem .8rem; margin: .8rem 0; }
.finding.fail { border-color: var(--fail); }
.finding.undecided { border-color: var(--open); }
svg { max-width: 100%; height: auto; margin: .5rem 0; }
svg text { font: 12px system-ui, sans-serif; fill: CanvasText; }
svg .kind { font-size: 11px; opacity: .7; }
.box rect { fill: #8881; stroke: CanvasText; }
.box.fail rect { stroke: var(--fail); stroke-width: 2; }
.link .line { fill: none; stroke: CanvasText; }
.link .tip { fill: CanvasText; }
.link.fail .line { stroke: var(--fail); stroke-width: 3; }
.link.fail .tip, .link.fail text { fill: var(--fail); }
.link.warning .line, .box.warning rect { stroke: var(--warn); }
.link.warning .tip, .link.warning text { fill: var(--warn); }
.link.undecided .line { stroke-dasharray: 5 4; }
.trend { border: 1px solid var(--line); }
.run { fill: none; stroke: CanvasText; stroke-width: 2; }
.run.fail { stroke: var(--fail); }
.run.warning { stroke: var(--warn); stroke-dasharray: 2 3; }
.run.undecided { stroke: var(--open); stroke-dasharray: 6 4; }
.legend .fail { color: var(--fail); }
.legend .warning { color: var(--warn); }
.legend .undecided { color: var(--open); }
#show-fail:not(:checked) ~ main .fail:not(g, polyline, .legend *),
#show-undecided:not(:checked) ~ main .undecided:not(g, td, polyline, .legend *),
#show-pass:not(:checked) ~ main .pass { display: none; }
`;
