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
      // The parts of a page arrive after it: who asked for one of them is taken there once it is
      // drawn, and left alone from the first move of their own.
      const part = location.hash.slice(1)
      if (part) {
        const place = { TD: { block: "center", inline: "center" } }
        const seek = new MutationObserver(() => {
          const found = document.getElementById(part)
          if (!found) return
          found.scrollIntoView(place[found.tagName] ?? { block: "start" })
          setTimeout(stop, 2000)
        })
        const stop = () => seek.disconnect()
        seek.observe(document, { childList: true, subtree: true })
        for (const move of ["wheel", "touchstart", "pointerdown", "keydown"]) {
          addEventListener(move, stop, { once: true, passive: true })
        }
      }
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
