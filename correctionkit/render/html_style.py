"""The look of the page: calm on a screen, narrow on a phone, A4 on paper."""

STYLE = """
:root { color-scheme: light; --ink: #1d2733; --soft: #55616f; --line: #d8dee6; --ground: #f4f6f8;
  --error: #a8201a; --error-ground: #fdf1f0; --warning: #7a4f00; --warning-ground: #fdf6e3;
  --note: #2c5282; --note-ground: #eff5fb; --good: #1b6338; --good-ground: #edf7f0; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.6; font-size: 16px;
  font-family: "Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
  overflow-wrap: anywhere; }
/* Quotation marks of Chinese text come from a Chinese face. */
:lang(zh-Hans) { font-family: "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
  "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: .15rem 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 600; }
a { color: #1f5fa8; text-underline-offset: .2em; }
a:focus-visible, summary:focus-visible { outline: 3px solid #1f5fa8; outline-offset: 2px; }
.kicker, .rules, footer { color: var(--soft); font-size: .9rem; }
.verdict { margin-top: 1.25rem; padding: 1rem 1.25rem; border: 1px solid; border-left-width: 6px;
  border-radius: 6px; font-size: 1.15rem; font-weight: 600; }
.verdict.error { color: var(--error); background: var(--error-ground); }
.verdict.warning { color: var(--warning); background: var(--warning-ground); }
.verdict.good { color: var(--good); background: var(--good-ground); }
.pictures { margin-top: 1rem; padding: .75rem 1.25rem; border: 2px dashed var(--warning);
  border-radius: 6px; background: var(--warning-ground); color: var(--warning); font-weight: 600; }
.counts { display: grid; grid-template-columns: repeat(6, 1fr); margin-top: 1rem;
  background: #fff; border: 1px solid var(--line); border-radius: 6px; }
.counts div { padding: .7rem 1.25rem; border-left: 1px solid var(--line); }
.counts div:first-child { border-left: 0; }
.counts dt { color: var(--soft); font-size: .85rem; }
.counts dd { font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid var(--line);
  border-radius: 6px; font-size: .95rem; }
th, td { padding: .45rem 1.25rem; text-align: left; border-top: 1px solid var(--line);
  vertical-align: baseline; }
thead th { border-top: 0; color: var(--soft); font-weight: 400; font-size: .85rem; }
tbody th { font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 6px; margin-top: .75rem;
  break-inside: auto; }
.card > header, .card > summary { max-width: none; padding: .7rem 1.25rem; margin: 0; display: flex;
  flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; }
.card > summary { cursor: pointer; }
.card > summary::before { content: "▸"; color: var(--soft); width: .8em; margin-right: -.5rem; }
.card[open] > summary::before { content: "▾"; }
.card > summary::-webkit-details-marker { display: none; }
.card .about { color: var(--soft); font-size: .9rem; }
.card .tally { margin-left: auto; font-size: .9rem; color: var(--soft); }
.card .tally b { color: var(--error); }
.id { font-variant-numeric: tabular-nums; }
.finding { padding: .7rem 1.25rem .8rem; border-top: 1px solid var(--line); display: grid;
  grid-template-columns: 3.75rem 1fr; gap: 0 .75rem; break-inside: avoid; }
.finding > div { min-width: 0; }
.tag { align-self: start; margin-top: .1rem; padding: .1rem 0; border: 1px solid;
  border-radius: 4px; font-size: .85rem; line-height: 1.4; text-align: center; }
td .tag { display: inline-block; min-width: 3.75rem; margin: 0; padding: 0 .4rem; }
.tag.error { color: #fff; background: var(--error); border-color: var(--error); }
.tag.warning { color: var(--warning); background: var(--warning-ground); }
.tag.note { color: var(--note); background: var(--note-ground); }
.lines li + li { margin-top: .2rem; }
.where { font-weight: 600; }
.todo { margin-top: .25rem; }
.todo b, .clause b { font-weight: 600; }
.clause { color: var(--soft); font-size: .85rem; }
.more summary { cursor: pointer; color: #1f5fa8; margin-top: .2rem; }
.contents ol, .sound ul { background: #fff; border: 1px solid var(--line); border-radius: 6px;
  padding: .7rem 1.25rem; columns: 17rem; column-gap: 2rem; font-size: .95rem; }
.contents li, .sound li { break-inside: avoid; padding: .1rem 0; }
.contents summary { cursor: pointer; padding: .45rem 0; color: #1f5fa8; }
.fine { margin-top: 1.5rem; text-align: center; color: var(--soft); }
.contents .tally { color: var(--soft); font-size: .85rem; }
.shots { display: flex; flex-wrap: wrap; gap: .75rem; padding: .75rem 1.25rem;
  border-top: 1px solid var(--line); }
.shots figure { width: 9rem; }
.shots img { display: block; width: 100%; height: 9rem; object-fit: contain;
  background: var(--ground); border: 1px solid var(--line); }
.shots figcaption { font-size: .8rem; color: var(--soft); line-height: 1.4; margin-top: .2rem; }
footer { margin-top: 2.5rem; padding-bottom: 2rem; }
@media (max-width: 40rem) {
  header, main, footer { padding-left: .9rem; padding-right: .9rem; }
  header { padding-top: 1.25rem; }
  h1 { font-size: 1.35rem; }
  .counts { grid-template-columns: repeat(3, 1fr); }
  .counts div { padding: .55rem .9rem; }
  .counts div:nth-child(4) { border-left: 0; }
  .counts div:nth-child(n+4) { border-top: 1px solid var(--line); }
  th, td, .finding, .card > header, .card > summary, .shots, .contents ol, .sound ul {
    padding-left: .9rem; padding-right: .9rem; }
  .finding { grid-template-columns: 1fr; }
  .tag { justify-self: start; padding: .05rem .6rem; margin-bottom: .3rem; }
  .card .tally { margin-left: 0; width: 100%; }
}
@page { size: A4; margin: 16mm 15mm; }
@media print {
  html { font-size: 13px; }
  body { background: #fff; font-size: 10pt; line-height: 1.5; }
  header, main, footer { max-width: none; padding: 0; }
  header { padding-top: 0; }
  .contents, .card > summary::before { display: none; }
  h2, .card > header, .card > summary { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; text-decoration: none; }
  .verdict, .tag, .pictures { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
