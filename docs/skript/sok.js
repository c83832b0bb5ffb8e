/* The search box: asks the worker, shows what it finds. Without this script the box leads to a page
   about what the menu has. */
(() => {
  "use strict"

  const form = document.querySelector("[data-ska-sok]")
  if (!form) return
  const field = form.querySelector("[data-md-component=search-query]")
  const result = document.querySelector("[data-md-component=search-result]")
  const told = result.querySelector(".md-search-result__meta")
  const list = result.querySelector(".md-search-result__list")
  const more = result.querySelector(".ska-visa-fler")
  const opened = document.getElementById("__search")
  const base = new URL("../", new URL(form.dataset.index, document.baseURI)) // the site's root
  const FIRST = 10

  let worker = null
  let turn = 0
  let busy = false // one question at a time: what is typed meanwhile is asked afterwards
  let waiting = null
  let failed = false
  let shown = { tur: -1, traffar: [] }
  let wanted = FIRST

  const make = (tag, name, ...children) => {
    const made = document.createElement(tag)
    if (name) made.className = name
    made.append(...children)
    return made
  }
  /* The look is the theme's for `h1` and `h2`; the level is below the page's own heading. */
  const heading = (level, pieces) => {
    const made = make(`h${level}`, "", ...marked(pieces))
    made.setAttribute("aria-level", level + 1)
    return made
  }
  const marked = (pieces) => pieces.map(([text, hit]) => (hit ? make("mark", "", text) : text))

  // Telling: at once to the eye, to who listens when the writing has paused

  const PAUSE = 800 // milliseconds
  const voice = make("p", "ska-utlast")
  voice.setAttribute("role", "status")
  form.after(voice)
  let pause = 0
  const tell = (text, spoken = text) => {
    told.textContent = text
    clearTimeout(pause)
    pause = setTimeout(() => { voice.textContent = spoken }, PAUSE)
  }

  // Asking

  const start = () => {
    if (worker) return
    if (location.protocol === "file:") {
      tell("Sökningen behöver en webbserver. Gå via menyn så länge sidorna läses ur en mapp.")
      return
    }
    worker = new Worker(new URL("skript/sok-arbetare.js", base))
    worker.onmessage = ({ data }) => {
      if (data.fel) return fail()
      if (!data.igen) busy = false
      if (waiting) send(waiting)
      show(data)
    }
    worker.onerror = fail
    worker.postMessage({ bas: base.href })
  }
  const send = (question) => {
    waiting = busy ? question : null
    if (!busy) worker.postMessage(question)
    busy = true
  }
  /* Whoever listens is told to wait until the answer has all that it will have. */
  const settled = (whole) => result.setAttribute("aria-busy", String(!whole && !failed))
  const fail = () => {
    failed = true
    settled(true)
    tell("Sökningen går inte att ladda just nu. Ladda om sidan, eller gå via menyn.")
  }
  const ask = (amount = FIRST) => {
    const question = field.value.trim()
    wanted = amount
    keep(question)
    if (question.length < 2) {
      turn++
      waiting = null
      shown = { tur: turn, traffar: [] }
      list.replaceChildren()
      more.hidden = true
      delete result.dataset.fraga
      settled(true)
      tell("Skriv det du söker", "")
      return
    }
    start()
    if (!worker) return
    if (failed) return fail()
    settled(false)
    if (shown.tur < 0) tell("Sökningen förbereds", "")
    send({ fraga: question, tur: ++turn, antal: wanted })
  }
  /* The address bar has a link to the search for as long as it is open. */
  const keep = (question) => {
    const here = new URL(location)
    if (question && opened.checked) here.searchParams.set("q", question)
    else here.searchParams.delete("q")
    if (here.href !== location.href) history.replaceState(history.state, "", here)
  }

  // Showing

  const link = (traff, stalle, ...content) => {
    const at = new URL(traff.adress, base)
    const words = [...traff.titel, ...traff.stallen.flatMap((one) => one.text)].filter(([, hit]) => hit)
    const different = [...new Set(words.map(([text]) => text.toLowerCase()))].slice(0, 6)
    if (different.length) at.searchParams.set("h", different.join(" "))
    if (stalle && stalle.ankare) at.hash = stalle.ankare
    // The theme has an `article` here: what a link holds in one is no part of the link's name.
    const made = make("a", "md-search-result__link", make("div", "md-search-result__article md-typeset", ...content))
    made.href = at
    return made
  }
  const teaser = (stalle) => {
    const text = make("p", "", ...marked(stalle.text))
    return stalle.rubrik.length ? [heading(2, stalle.rubrik), text] : [text]
  }
  const item = (traff) => {
    const [best, ...others] = traff.stallen
    const said = make("p", "ska-traff", traff.sagt.join(" · "))
    said.toggleAttribute("data-galler-inte", !traff.galler)
    const made = make("li", "md-search-result__item",
      link(traff, null, heading(1, traff.titel), said, ...(best ? teaser(best) : [])))
    if (others.length) {
      const count = others.length === 1 ? "1 ställe till på sidan" : `${others.length} ställen till på sidan`
      made.append(make("details", "md-search-result__more", make("summary", "", make("div", "", count)),
        ...others.map((one) => link(traff, one, ...teaser(one)))))
    }
    return made
  }
  const nothing = () => {
    const to = (at, text) => {
      const made = make("a", "", text)
      made.href = new URL(at, base)
      return made
    }
    return make("li", "ska-inget",
      "Leta i ", to("rutiner/", "rutinerna"), ", ", to("arshjul/", "årshjulet"), ", ", to("roller/", "rollerna"),
      " eller ", to("begrepp/", "ordlistan"), ". ", to("hjalp/sok/", "Så söker du"), ".")
  }
  const show = (data) => {
    if (data.tur !== turn) return
    const focused = document.activeElement
    const held = list.contains(focused) ? links().indexOf(focused) : -1
    shown = data
    list.replaceChildren(...(data.traffar.length ? data.traffar.map(item) : [nothing()]))
    if (held >= 0) links()[held]?.focus()
    const { alla, traffar } = data
    const count = !alla ? "Inget hittades. Pröva ett annat ord."
      : alla === 1 ? "1 sida" : traffar.length < alla ? `${alla} sidor, de ${traffar.length} bästa visas` : `${alla} sidor`
    tell(count, alla ? `${count}. Först: ${traffar[0].titel.map(([text]) => text).join("")}` : count)
    more.hidden = traffar.length >= alla
    result.dataset.fraga = data.fraga
    settled(data.hel)
  }
  let before = null // what had the focus when the search was opened
  const links = () => [...list.querySelectorAll(":not(details) > a[href], summary, details[open] a[href]")]

  // Opening and closing

  const toggle = (open) => {
    if (opened.checked !== open) opened.click() // the theme listens, and holds the page still
  }
  const close = () => {
    toggle(false)
    field.blur()
    before?.focus()
  }
  const begin = (question) => {
    field.value = question
    toggle(true)
    field.focus()
    ask()
  }
  opened.addEventListener("change", () => {
    if (opened.checked) {
      const from = document.activeElement
      before = from && from !== document.body && !form.contains(from) ? from : before
      start()
      field.focus()
      ask()
    } else keep("")
  })
  field.addEventListener("focus", () => { start(); toggle(true) })
  field.addEventListener("input", () => { toggle(true); ask() })
  form.addEventListener("reset", () => setTimeout(() => { field.focus(); ask() }))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    // Before there is an answer Enter only asks.
    if (shown.tur === turn) list.querySelector(".md-search-result__link")?.click()
  })
  more.addEventListener("click", () => {
    const from = shown.traffar.length
    ask(wanted + 40)
    list.children[from - 1]?.querySelector("a").focus()
  })
  document.querySelector(".md-search").addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !relatedTarget.closest(".md-search")) toggle(false)
  })

  // No letter alone opens it: who speaks to the computer would open it with a word (WCAG 2.1.4).
  const MAC = /^(Mac|iP)/.test(navigator.platform)
  document.addEventListener("keydown", (event) => {
    if (event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== "k" || (MAC ? event.ctrlKey : event.metaKey)) return
      event.preventDefault()
      if (!opened.checked) before = document.activeElement
      toggle(true)
      field.focus()
      field.select()
    } else if (!opened.checked) {
      return
    } else if (event.key === "Escape") {
      close()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [field, ...links()]
      const at = Math.max(0, stops.indexOf(document.activeElement))
      stops[(at + (event.key === "ArrowUp" ? stops.length - 1 : 1)) % stops.length].focus()
      event.preventDefault()
    }
  })

  // The start page's own box, and a link to a search

  for (const other of document.querySelectorAll("form.ska-sok")) {
    other.addEventListener("submit", (event) => {
      event.preventDefault()
      begin(new FormData(other).get("q"))
    })
  }
  const asked = new URL(location).searchParams
  if (asked.get("q")) begin(asked.get("q"))

  // What was sought, marked on the page it led to

  const sought = new Set((asked.get("h") || "").toLowerCase().split(/\s+/).filter(Boolean))
  if (sought.size) {
    const article = document.querySelector("article")
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    const nodes = []
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("svg, script, .headerlink")) nodes.push(walker.currentNode)
    for (const node of nodes) {
      const parts = node.data.split(/([0-9]+:[0-9]+|[\p{L}\p{N}]+)/u)
      if (!parts.some((part) => sought.has(part.toLowerCase()))) continue
      node.replaceWith(...parts.map((part) => (sought.has(part.toLowerCase()) ? make("mark", "ska-sokt", part) : part)))
    }
  }
})()
