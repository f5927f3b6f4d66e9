      // The front end opens its socket at once: without this it first asks twice at two addresses,
      // one of which does not exist.
      window.prerenderReady = false
      window.__streamlit = {
        BACKEND_BASE_URL: new URL(".", location.href).href,
        HOST_CONFIG: {
          allowedOrigins: [location.origin], useExternalAuthToken: false,
          enableCustomParentMessages: false, enforceDownloadInNewTab: false,
          blockErrorDialogs: false, metricsUrl: "",
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
