      // The front end opens its socket at once: without this it first asks twice at two addresses,
      // one of which does not exist.
      window.prerenderReady = false
      window.__streamlit = {
        BACKEND_BASE_URL: new URL(".", location.href).href,
        HOST_CONFIG: {
          allowedOrigins: [location.origin], useExternalAuthToken: false,
          enableCustomParentMessages: false, enforceDownloadInNewTab: false,
          blockErrorDialogs: true, metricsUrl: "",
        },
      }
      // Where a page stands from its first moment on, and that nobody sees it without its style,
      // which says the same and arrives late.
      const frame = new CSSStyleSheet()
      frame.replaceSync(`
        .stMain { scrollbar-gutter: stable; }
        .stApp [data-testid="stHeader"] { display: none; }
        .stMain .stMainBlockContainer { max-width: 74rem; margin: 0 auto; padding: 0 1.25rem 2rem; }
        .stElementContainer:has(~ * > .st-key-header) { position: absolute; }
        .st-key-header, .st-key-page { visibility: hidden; }
        .st-key-header { min-height: 3.27rem; padding: .6rem 0 .35rem; margin-bottom: .6rem; }
        .st-key-page { min-height: 70vh; }
        @media (max-width: 640px) {
          .stMain .stMainBlockContainer { padding: 0 .9rem 1.5rem; }
          .st-key-header { min-height: 5.02rem; padding-top: .5rem; gap: 0; }
        }
      `)
      document.adoptedStyleSheets.push(frame)
      // The language of the document follows the URL when a visitor switches without loading anew.
      const follow = () => {
        const asked = new URLSearchParams(location.search).get("lang")
        document.documentElement.lang = asked === "en" ? "en" : "zh-CN"
      }
      for (const name of ["pushState", "replaceState"]) {
        const change = history[name]
        history[name] = function (...given) {
          change.apply(this, given)
          follow()
        }
      }
      addEventListener("popstate", follow)
      // The parts of a page arrive after it: who asked for one of them, or comes back to where they
      // were, is taken there once it is drawn, and left alone from the first move of their own.
      const MOVES = ["wheel", "touchstart", "pointerdown", "keydown"], STILL = 2000 // ms
      let leave = () => {}, isSeeking = false
      const seek = (reach) => {
        leave()
        let rest
        const watch = new MutationObserver(() => {
          clearTimeout(rest)
          if (reach()) rest = setTimeout(leave, STILL)
        })
        leave = () => {
          clearTimeout(rest)
          watch.disconnect()
          for (const move of MOVES) removeEventListener(move, leave)
          isSeeking = false
        }
        isSeeking = true
        watch.observe(document, {
          childList: true, subtree: true, attributeFilter: ["data-test-script-state"],
        })
        for (const move of MOVES) addEventListener(move, leave, { passive: true })
      }
      const part = location.hash.slice(1)
      if (part) {
        const place = { TD: { block: "center", inline: "center" } }
        seek(() => {
          const found = document.getElementById(part)
          found?.scrollIntoView(place[found.tagName] ?? { block: "start" })
          return found
        })
      }
      // What scrolls is a part of the page, whose place the browser forgets.
      const PLACES = "gip-places", MAIN = "[data-testid=stMain]"
      const entry = () => window.navigation?.currentEntry?.key ?? location.href
      let places = {}
      try {
        places = JSON.parse(sessionStorage.getItem(PLACES)) ?? {}
      } catch { /* a browser that keeps nothing */ }
      const goBack = () => {
        const place = places[entry()]
        if (!place) return
        seek(() => { // not yet reached while the page that is left still stands there
          const main = document.querySelector(MAIN)
          if (main) main.scrollTop = place
          const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState
          return state === "notRunning" && main?.scrollTop >= place - 1
        })
      }
      // A page that is left for another loses its place before its entry in the history.
      let left = ""
      for (const move of MOVES) addEventListener(move, () => { left = "" }, { passive: true })
      addEventListener("click", ({ target }) => {
        if (target.closest?.("a[href]")) left = entry()
      }, { capture: true })
      addEventListener("scroll", ({ target }) => {
        if (isSeeking || entry() === left || !target.matches?.(MAIN)) return
        places[entry()] = target.scrollTop
      }, { capture: true, passive: true })
      addEventListener("pagehide", () => {
        try {
          sessionStorage.setItem(PLACES, JSON.stringify(places))
        } catch { /* as above */ }
      })
      addEventListener("popstate", goBack)
      if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") goBack()
      // What the page is at, in words: Streamlit says it in English only, or not at all.
      const TICK = 400, QUIET = { loading: 2, running: 2, lost: 3, failed: 0 } // ticks without words
      let at = "", since = 0, hasBeenThere = false, hasFailed = false
      const now = () => {
        const app = document.querySelector("[data-testid=stApp]")
        if (hasFailed || app?.dataset.testConnectionState === "DISCONNECTED_FOREVER") return "failed"
        if (!app) return "loading"
        if (app.dataset.testConnectionState !== "CONNECTED") return hasBeenThere ? "lost" : "loading"
        hasBeenThere = true
        return app.dataset.testScriptState === "notRunning" ? "" : "running"
      }
      setInterval(() => {
        const found = now(), line = document.getElementById("gip-status")
        since = found === at ? since + 1 : 0
        at = found
        const said = at && since >= QUIET[at] ? line.dataset[at] : ""
        if (line.textContent === said) return
        line.dataset.at = at
        line.textContent = said
      }, TICK)
      addEventListener("message", (event) => {
        const isOurs = event.source === window && event.data?.type === "CLIENT_ERROR_DIALOG"
        if (isOurs && event.data.error !== "Connection error") hasFailed = true
      })
      // Streamlit's widgets speak English only. What we say instead stands beside the status above;
      // our own parts and the charts have nothing of theirs.
      const OWN = "script, style, noscript, .stHtml, .js-plotly-plot, code, #gip-status"
      const SAYING = ["aria-label", "title", "placeholder"], HAN = /[\u3400-\u9fff]/
      const spoken = document.documentElement.lang, named = new WeakSet()
      let words, patterns
      const instead = (said) => {
        if (Object.hasOwn(words, said)) return words[said]
        for (const [before, after, ours] of patterns) {
          if (said.startsWith(before) && said.endsWith(after) && said !== before + after) {
            return ours.split("…").join(said.slice(before.length, said.length - after.length))
          }
        }
        return said
      }
      const renamed = (element) => {
        for (const name of SAYING) {
          const said = element.getAttribute(name), ours = said && instead(said)
          if (ours !== said) element.setAttribute(name, ours)
        }
      }
      const reworded = (text) => {
        const ours = instead(text.data), holder = text.parentElement
        if (ours !== text.data) text.data = ours
        if (!holder || spoken !== "en") return
        if (HAN.test(ours)) { // a name that has no English one
          holder.lang = "zh-CN"
          named.add(holder)
        } else if (named.delete(holder)) holder.removeAttribute("lang")
      }
      const spokenBy = (node) => {
        const { SHOW_ELEMENT, SHOW_TEXT, FILTER_ACCEPT, FILTER_REJECT } = NodeFilter
        const isOwn = (part) => part.nodeType === Node.ELEMENT_NODE && part.matches(OWN)
        const walk = document.createTreeWalker(
          node, SHOW_ELEMENT | SHOW_TEXT, (part) => isOwn(part) ? FILTER_REJECT : FILTER_ACCEPT)
        for (let part = node; part; part = walk.nextNode()) {
          if (part.nodeType === Node.TEXT_NODE) reworded(part)
          else renamed(part)
        }
      }
      new MutationObserver((changes) => {
        const line = document.getElementById("gip-status")
        if (!line) return
        words ??= JSON.parse(line.dataset.instead)
        patterns ??= Object.entries(words).filter(([said]) => said.includes("…"))
          .map(([said, ours]) => [...said.split("…"), ours])
        for (const { type, target, addedNodes } of changes) {
          if ((target.closest ? target : target.parentElement)?.closest(OWN)) continue
          if (type === "attributes") renamed(target)
          else if (type === "characterData") reworded(target)
          else addedNodes.forEach((node) => node.matches?.(OWN) || spokenBy(node))
        }
      }).observe(document, {
        childList: true, subtree: true, characterData: true, attributeFilter: SAYING,
      })
