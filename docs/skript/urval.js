/* Narrowing a list by words, place, role, law and state. What is chosen stands in the address bar, so
   a link leads to the same rows. Without this script the whole list is there, page by page. */
(() => {
  "use strict"

  const PER_PAGE = 100
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  // "Årshjul" is found by "arshjul".
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")

  const form = document.querySelector("[data-urval]")
  if (!form) return
  const said = form.querySelector("[data-urval-antal]")
  const reset = form.querySelector("[type=reset]")
  const every = said.textContent
  const article = form.closest("article")

  // What is chosen, as rows answer to it

  const chosen = () =>
    [...new FormData(form)].filter(([, value]) => value.trim()).map(([name, value]) => [name, value.trim()])

  const asked = () => {
    const words = plain(form.elements.text.value).split(/\s+/).filter(Boolean)
    const places = all("select", form)
      .filter((choice) => choice.value)
      .map((choice) => [choice.name, String(all("option", choice).indexOf(choice.selectedOptions[0]) - 1)])
    return (row) =>
      places.every(([name, place]) => (row.dataset[name] || "").split(" ").includes(place)) &&
      words.every((word) => said_by(row).includes(word))
  }

  const texts = new WeakMap()
  const said_by = (row) => {
    if (!texts.has(row)) texts.set(row, plain(`${row.textContent} ${row.dataset.ord || ""}`))
    return texts.get(row)
  }

  const count = (rows) => new Set(rows.map((row) => row.dataset.rad)).size

  const tell = (number, shown) => {
    const some = chosen().length > 0
    reset.hidden = !some
    const less = shown < number ? ` De ${shown} första visas. Skriv fler ord, så blir de färre.` : ""
    const text = some ? `${number} av ${every}.${less}` : every
    if (said.textContent !== text) said.textContent = text
  }

  // A list that stands whole in the page: rows, what groups them and what heads them come and go

  const rows = all("[data-rad]", article)
  const parts = []
  for (const child of article.children) {
    if (child.tagName === "H2" || !parts.length) parts.push([])
    parts.at(-1).push(child)
  }
  const narrow = () => {
    const matches = asked()
    for (const row of rows) row.hidden = !matches(row)
    for (const body of all("tbody", article)) {
      const own = all("[data-rad]", body)
      if (own.length) body.hidden = own.every((row) => row.hidden)
    }
    for (const part of parts) {
      const own = part.flatMap((child) => all("[data-rad]", child))
      const empty = own.length > 0 && own.every((row) => row.hidden)
      const whole = part[0].tagName === "H2" // else what stands above the list stays
      for (const child of part) {
        const goes = whole ? !child.contains(form) : own.some((row) => child.contains(row))
        if (goes) child.classList.toggle("ska-bort", empty)
      }
    }
    for (const row of rows) {
      if (!row.dataset.sak) continue
      for (const drawn of all(`.ska-sak[data-sak="${CSS.escape(row.dataset.sak)}"]`, article)) {
        drawn.classList.toggle("ska-bortvald", row.hidden)
      }
    }
    const left = count(rows.filter((row) => !row.hidden))
    tell(left, left)
  }

  // A list of several pages: all its rows are fetched, and those that are asked for take its place

  const found = document.createElement("div")
  const rest = [] // the list as it stands in the page
  let held = null
  const fetched = async () => {
    const answer = await fetch(form.dataset.rader)
    const { delar } = await answer.json()
    return delar.map(({ rubrik, tabell, rader }) => {
      const table = document.createElement("template")
      table.innerHTML = tabell
      const made = document.createElement("template")
      made.innerHTML = `<table>${rader}</table>`
      return { rubrik, table: table.content.firstElementChild, bodies: all("tbody", made.content) }
    })
  }
  const drawn = (part, wanted) => {
    const table = part.table.cloneNode(true)
    for (const body of part.bodies) {
      const own = all("[data-rad]", body).filter((row) => wanted.has(row))
      if (!own.length) continue
      const kept = body.cloneNode(false)
      kept.append(...all("[scope=rowgroup]", body).map((head) => head.parentNode.cloneNode(true)))
      kept.append(...own.map((row) => row.cloneNode(true)))
      table.append(kept)
    }
    const heading = document.createElement("h2")
    heading.textContent = part.rubrik
    return table.tBodies.length ? [heading, table] : []
  }
  const narrowAll = async () => {
    if (!chosen().length) {
      found.replaceChildren()
      for (const child of rest) child.classList.remove("ska-bort")
      return tell(0, 0)
    }
    held ??= fetched()
    const parts = await held.catch(() => { held = null }) // what is written next asks again
    if (!chosen().length) return // taken away meanwhile
    if (!parts) {
      said.textContent = "Hela listan gick inte att hämta. Den står kvar här, sida för sida."
      return
    }
    const matches = asked()
    const hits = parts.flatMap((part) => part.bodies.flatMap((body) => all("[data-rad]", body))).filter(matches)
    const wanted = new Set(hits.slice(0, PER_PAGE))
    found.replaceChildren(...parts.flatMap((part) => drawn(part, wanted)))
    for (const child of rest) child.classList.add("ska-bort")
    tell(count(hits), count([...wanted]))
  }

  // The address bar

  const show = form.dataset.rader ? narrowAll : narrow
  const changed = () => {
    const query = new URLSearchParams(chosen()).toString()
    history.replaceState(history.state, "", (query ? `?${query}` : location.pathname) + location.hash)
    show()
  }
  const read = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name)
      if (field) field.value = value
      if (field?.selectedIndex < 0) field.value = "" // no such choice
    }
  }

  if (form.dataset.rader) {
    let next = form.nextElementSibling
    for (; next && !next.classList.contains("ska-fot"); next = next.nextElementSibling) rest.push(next)
    form.after(found)
  }
  form.addEventListener("input", changed)
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("reset", () => setTimeout(() => { changed(); form.elements.text.focus() }))
  form.hidden = false
  read()
  for (const more of all("details", form)) {
    more.open = matchMedia("(min-width: 60em)").matches || all("select", more).some((choice) => choice.value)
  }
  if (chosen().length) show()
})()
