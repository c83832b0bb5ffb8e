/* The reader's own day and role. Without this script the pages show the day of the build, and plain
   links; nothing that is chosen here leaves the device. */
(() => {
  "use strict"

  const NAMES = [
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
  ]
  const KEY = "ska-mitt"
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]

  // Today, as the reader's clock has it.

  const now = new Date()
  const two = (number) => String(number).padStart(2, "0")
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const month = now.getMonth() + 1

  for (const part of all("[data-manad]")) {
    const here = Number(part.dataset.manad) === month
    if (part instanceof SVGElement) part.classList.toggle("ska-nu", here)
    else part.toggleAttribute("data-nu", here)
  }
  for (const part of all("[data-manadsnamn]")) part.textContent = NAMES[month - 1]
  for (const part of all("[data-utskriven]")) {
    part.textContent += ` Utskriven ${now.getDate()} ${NAMES[now.getMonth()]} ${now.getFullYear()}.`
  }
  for (const part of all("[data-utan-skript]")) part.hidden = true
  for (const part of all("[data-ska-tid]")) {
    const { fran, till, ar } = part.dataset
    const where =
      today > till ? "efter" : today < fran ? "fore" : now.getFullYear() !== Number(ar) ? "annat_ar" : "inom"
    for (const text of all("[data-lage]", part)) text.hidden = text.dataset.lage !== where
  }

  // How a law stands today: the page holds each state with its first day and the day after its last.

  for (const part of all("[data-ska-dag]")) {
    const { fran, till } = part.dataset
    part.hidden = (fran !== "" && today < fran) || (till !== "" && today >= till)
  }

  // What is pointed at in the wheel lights up in the table, and the other way round.

  const wheel = document.querySelector(".ska-hjul svg")
  const told = document.createElement("p")
  told.className = "ska-hjul-ruta"
  told.hidden = true
  told.setAttribute("aria-hidden", "true") // the links are named by the same row
  if (wheel) wheel.after(told)

  // What a row says, in one sentence: the table's headings are its words.
  const words = (part) => part.textContent.trim().replace(/\s+/g, " ")
  const tell = (row) => {
    const [number, name, ...rest] = row.cells || row.querySelectorAll("span, a")
    const title = document.createElement("strong")
    const who = name.querySelector("small")
    title.textContent = `${words(number)}. ${words(name.querySelector("a") || name)}.`
    const headings = rest.length ? row.closest("table").tHead.rows[0].cells : []
    const said = rest.map((cell) => {
      const copy = cell.cloneNode(true)
      for (const end of all("br", copy)) end.replaceWith("; ")
      return `${words(headings[cell.cellIndex])}: ${words(copy)}.`
    })
    if (who) said.push(`${words(who)}.`)
    told.replaceChildren(title, ` ${said.join(" ")}`)
  }

  const light = (id) => {
    const row = document.getElementById(`hjul-${id}`)
    told.hidden = !row
    if (row) tell(row)
    for (const part of all(".ska-aret [data-sak]")) part.classList.toggle("ska-lyst", part.dataset.sak === id)
  }
  for (const part of all(".ska-aret [data-sak]")) {
    for (const event of ["pointerenter", "focusin"]) part.addEventListener(event, () => light(part.dataset.sak))
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light("")
  })

  // The role and unit, remembered on this device only.

  let mine = ""
  try { mine = localStorage.getItem(KEY) || "" } catch { /* a browser that keeps nothing */ }
  const keep = (value) => {
    mine = value
    try {
      if (value) localStorage.setItem(KEY, value)
      else localStorage.removeItem(KEY)
    } catch { /* then it holds for as long as the page is open */ }
  }

  // What stands on the role's own page: its name, its part of the year, what it does all the time.

  const read = async (base, value) => {
    if (!/^roller\/[a-z0-9-]+\/([a-z0-9-]+\/)?$/.test(value)) return null
    const at = new URL(value, new URL(base, location))
    try {
      const answer = await fetch(at)
      if (!answer.ok) return null
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      const standing = new Map()
      for (const list of all("[data-lopande]", page)) {
        const kind = list.dataset.lopande
        const links = standing.get(kind) || new Map()
        for (const link of all("li > a:first-child, dt > a:first-child", list)) {
          links.set(new URL(link.getAttribute("href"), at).href, words(link))
        }
        standing.set(kind, links)
      }
      const numbers = all("#aret tr[data-sak]", page).map((row) => row.dataset.sak)
      const title = page.querySelector("article h1")
      title.querySelector(".headerlink")?.remove()
      return { at: at.href, name: words(title), numbers, standing }
    } catch {
      return null // pages read from a folder can't be fetched: the link to the role is there
    }
  }

  // What of this month is the role's: taken from the month beside it.

  const own = (box, { value, dataset }) => {
    const numbers = (dataset.saker || "").split(" ")
    box.querySelector("a").href = value
    box.querySelector("a").textContent = dataset.namn
    const list = box.querySelector("[data-mitt-nu]")
    const month = document.querySelector(".ska-manadskort [data-nu] dl")
    list.replaceChildren(...all(":scope > div", month).map((group) => group.cloneNode(true)))
    for (const group of all(":scope > div", list)) {
      for (const one of all("dd", group)) {
        if (numbers.includes(one.dataset.nr)) one.hidden = false
        else one.remove()
      }
      if (!group.querySelector("dd")) group.remove()
    }
    list.hidden = !list.children.length
    box.querySelector("[data-mitt-inget]").hidden = !list.hidden
    const review = box.querySelector("[data-mitt-se-over]")
    review.hidden = !dataset.seOver
    review.querySelector("span").textContent = dataset.seOver === "1" ? "1 sak" : `${dataset.seOver} saker`
    always(box, value, numbers)
  }

  // What is the role's whatever the month: what comes back, then a few of each kind.

  const FEW = 4
  const linked = (href, text) => {
    const [row, link] = [document.createElement("dd"), document.createElement("a")]
    link.href = href
    link.textContent = text
    row.append(link)
    return row
  }
  const group = (name, rows) => {
    const [made, title] = [document.createElement("div"), document.createElement("dt")]
    title.textContent = name
    made.append(title, ...rows)
    return made
  }
  const always = async (box, value, numbers) => {
    const part = box.querySelector("[data-mitt-lopande]")
    const groups = []
    const now = all("[data-mitt-nu] dd", box).map((one) => one.dataset.nr)
    const back = all("[data-aterkommer] [data-sak]").filter(
      ({ dataset }) => numbers.includes(dataset.sak) && !now.includes(dataset.sak))
    const later = back.map((one) => one.querySelector("a")).map((link) => linked(link.href, words(link)))
    if (later.length) groups.push(group("Återkommer", later))
    const show = () => {
      part.querySelector("dl").replaceChildren(...groups)
      part.hidden = !groups.length
    }
    show()
    const role = await read(document.baseURI, value)
    if (!role || mine !== value) return
    for (const [kind, links] of role.standing) {
      const rows = [...links].map(([href, text]) => linked(href, text))
      const more = rows.length > FEW + 1 ? rows.splice(FEW) : []
      groups.push(group(kind, more.length ? [...rows, linked(role.at, `och ${more.length} till`)] : rows))
    }
    show()
  }

  // The page of the month: what is the role's is marked, and can be shown alone.

  const marked = async (box) => {
    const role = await read(box.dataset.mittManad, mine)
    for (const part of all("[data-mitt-vald]", box)) part.hidden = !role
    for (const part of all("[data-mitt-nagot]", box)) part.hidden = !role?.numbers.length
    box.querySelector("[data-mitt-ovald]").hidden = Boolean(role)
    box.hidden = location.protocol === "file:"
    if (!role) return
    const link = box.querySelector("[data-mitt-vald] a")
    link.href = role.at
    link.textContent = role.name
    for (const row of all(".ska-manaden li[data-sak]")) {
      if (!role.numbers.includes(row.dataset.sak)) continue
      const mark = document.createElement("span")
      mark.className = "ska-bricka"
      mark.textContent = "Mitt"
      row.toggleAttribute("data-mitt", true)
      row.querySelector("a").after(" ", mark)
    }
    const told = () => {
      const shown = document.querySelector(".ska-manaden:target, .ska-manaderna:not(:has(:target)) > [data-nu]")
      box.querySelector("[data-mitt-inget]").hidden = all("li[data-mitt]", shown).length > 0
    }
    addEventListener("hashchange", told)
    told()
    const only = box.querySelector("input")
    only.addEventListener("change", () => {
      for (const row of all(".ska-manaden li[data-sak]")) {
        row.hidden = only.checked && !row.hasAttribute("data-mitt")
      }
      // A list where nothing is left goes with what leads to it: its sentence, then its heading.
      for (const list of all(".ska-manaden .ska-lista")) {
        const empty = all("li", list).every((row) => row.hidden)
        for (const part of [list, list.previousElementSibling]) part.hidden = empty
      }
      for (const title of all(".ska-manaden h3")) {
        const under = []
        for (let next = title.nextElementSibling; next && next.tagName !== "H3"; next = next.nextElementSibling) under.push(next)
        title.hidden = under.every((part) => part.hidden)
      }
    })
  }
  for (const box of all("[data-mitt-manad]")) marked(box)

  for (const form of all("[data-ska-mitt]")) {
    const choice = form.querySelector("select")
    const link = form.querySelector("[data-mitt-lank]")
    const known = all("option", choice).map((option) => option.value)
    const show = () => {
      const value = known.includes(mine) ? mine : ""
      choice.value = value
      link.hidden = !value
      form.querySelector("[data-mitt-glom]").hidden = !value
      if (value) own(link, choice.selectedOptions[0])
    }
    choice.addEventListener("change", () => { keep(choice.value); show() })
    form.querySelector("[data-mitt-glom]").addEventListener("click", () => { keep(""); show(); choice.focus() })
    form.addEventListener("submit", (event) => event.preventDefault())
    form.hidden = false
    for (const plain of all("[data-mitt-annars]")) plain.hidden = true
    show()
  }
})()
