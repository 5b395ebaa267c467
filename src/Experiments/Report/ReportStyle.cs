namespace MlNetRnn.Experiments;

/// <summary>The style of the report. It contains no character that XML would escape, because browsers read it as it is.</summary>
internal static class ReportStyle
{
    /// <summary>Layout and fonts. The colors are variables: see <see cref="ReportColors"/>.</summary>
    public const string Css = """

        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1100px; padding: 16px; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
        h1 { font-size: 1.6em; margin: 0 0 12px; overflow-wrap: anywhere; }
        section { display: flow-root; margin-top: 28px; }
        h2 { font-size: 1.2em; margin: 0 0 4px; overflow-wrap: anywhere; }
        p { margin: 0 0 8px; }
        .soft { color: var(--soft); fill: var(--soft); }
        .headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 0; }
        .headline div { border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; overflow-wrap: anywhere; }
        .headline dt, .headline dd { color: var(--soft); margin: 0; font-size: 0.9em; }
        .headline .value { color: var(--text); font-size: 1.7em; font-weight: 600; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 0.9em; }
        .legend span { display: inline-flex; align-items: center; gap: 5px; }
        svg { overflow: visible; }
        .plot { display: block; width: 100%; font-size: 12px; fill: var(--text); }
        .plot .soft { fill: var(--soft); }
        .before { text-anchor: end; }
        .below { text-anchor: middle; }
        .halo { paint-order: stroke; stroke: var(--back); stroke-width: 3px; stroke-linejoin: round; }
        .curve path, .way path { stroke-linejoin: round; stroke-linecap: round; }
        .curve:hover path, .way:hover path { stroke-width: 4px; stroke-opacity: 1; }
        .dot:hover { stroke: var(--text); stroke-width: 2px; }
        .small { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 215px), 1fr)); gap: 0 8px; }
        .small figure { display: grid; grid-row: span 2; grid-template-rows: subgrid; margin-bottom: 12px; }
        figure { margin: 0; min-width: 0; }
        figcaption { align-self: end; font-weight: 600; font-size: 0.9em; overflow-wrap: anywhere; }
        .wide { overflow-x: auto; }
        .wide .plot { min-width: 720px; }
        .small .plot { max-width: 290px; }
        .narrow td { white-space: nowrap; }
        pre { background: var(--grid); border-radius: 8px; padding: 12px 14px; overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.87em; width: 100%; }
        .narrow { width: auto; }
        th, td { text-align: left; vertical-align: top; padding: 3px 10px 3px 4px; border-bottom: 1px solid var(--line); }
        th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .trials td:last-child { min-width: 280px; overflow-wrap: anywhere; }
        tr.best td { background: var(--mark); font-weight: 600; }
        .message { color: var(--error); margin: 2px 0 0; white-space: pre-wrap; }

        """;
}
