// Every word of the page with its place, what it is, the language that is said of it, and whether a
// document or a program speaks. What is folded away counts; what a style takes out does not.
() => {
  const ATTRIBUTES = [
    "aria-label", "aria-description", "aria-valuetext", "aria-roledescription",
    "title", "placeholder", "alt",
  ]
  const OF_TRACES = ["name", "text", "hovertext", "hovertemplate", "customdata", "x", "y", "labels"]
  const OUT = "script, style, noscript, [data-testid=stIconMaterial]" // icons by name, drawn as such
  const PROGRAM = "code, .gip-raw td, .gip-raw th"
  const DOCUMENT = ".gip-form td, .gip-quotation blockquote, .gip-words"
  const found = []
  const named = (part) => part.dataset.testid ?? (part.getAttribute("class") ?? "").split(" ")[0]
  const place = (part) => part && part !== document.body
    ? [...place(part.parentElement), `${part.localName}.${named(part)}`].slice(-4) : []
  const take = (part, kind, words) => {
    if (!words?.trim()) return
    const language = part.closest("body [lang]")?.lang ?? ""
    const speaker = part.closest(PROGRAM) ? "program" : part.closest(DOCUMENT) ? "document" : ""
    found.push([place(part).join(" "), kind, words.trim(), language, speaker])
  }
  const strings = (value) => typeof value === "string" ? [value]
    : value && typeof value === "object" && !ArrayBuffer.isView(value)
      ? Object.values(value).flatMap(strings) : []

  const open = Object.assign(document.createElement("style"), {
    textContent: "[popover] { display: block !important }",
  })
  document.head.append(open)
  for (const fold of document.querySelectorAll(".stHtml details")) fold.open = true
  for (const part of document.body.querySelectorAll("*")) {
    if (part.closest(OUT) || !part.checkVisibility()) continue
    const kind = part.closest("[role=figure], [role=img]") ? "chart" : "text"
    for (const node of part.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) take(part, kind, node.data)
    }
    for (const name of ATTRIBUTES) take(part, name, part.getAttribute(name))
    if (part.matches("input:not([type=file]), textarea")) take(part, "value", part.value)
    for (const side of ["::before", "::after"]) {
      const { content } = getComputedStyle(part, side)
      if (content.startsWith('"')) take(part, side, JSON.parse(content))
    }
    for (const trace of part.matches(".js-plotly-plot") ? part.data : []) {
      for (const name of OF_TRACES) {
        for (const words of strings(trace[name])) take(part, "chart", words)
      }
    }
  }
  open.remove()
  take(document.documentElement, "title", document.title)
  return found
}
