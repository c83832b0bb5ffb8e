/* Searches beside the page, so that the page never waits. Gets {bas} once, then {fraga, tur, antal};
   gives {tur, traffar, alla, hel, igen} for each question, once more when the pages' text has come, or
   {fel} where nothing can be found. */
"use strict"

importScripts("sok-motor.js")

let searching = null
let texts = null
let latest = null
let answered = -1

/* The longest line that is shown of a page, in letters. */
const SHOWN = 170

/* A text in pieces, those that answer the question told apart: [["Ta emot ", 0], ["klagomål", 1]]. */
const pieces = (text, mark) => {
  const made = []
  let last = 0, hits = 0
  const kinds = new Set()
  for (const found of text.matchAll(/[0-9]+:[0-9]+|[\p{L}\p{N}]+/gu)) {
    const which = mark(found[0])
    if (which === undefined) continue
    if (found.index > last) made.push([text.slice(last, found.index), 0])
    made.push([found[0], 1])
    last = found.index + found[0].length
    hits++
    kinds.add(which)
  }
  if (last < text.length) made.push([text.slice(last), 0])
  return { made, hits, kinds: kinds.size }
}

/* The part of a long line that has its first hit. */
const around = (line, mark) => {
  if (line.length <= SHOWN) return pieces(line, mark).made
  const { made, hits } = pieces(line, mark)
  const before = hits && !made[0][1] ? made[0][0].length : 0
  let start = Math.max(0, Math.min(before - 50, line.length - SHOWN))
  if (start) start = line.indexOf(" ", start) + 1
  let end = line.length - start > SHOWN ? line.lastIndexOf(" ", start + SHOWN) : line.length
  if (end <= start) end = start + SHOWN
  const cut = (start ? "… " : "") + line.slice(start, end) + (end < line.length ? " …" : "")
  return pieces(cut, mark).made
}

/* The sections of a page that answer the question, the best first, each with its best line. */
const places = (sections, mark) => {
  const found = []
  sections.forEach(([ankare, rubrik, rader], order) => {
    let best = null
    for (const line of rader.split("\n")) {
      const { hits, kinds } = pieces(line, mark)
      if (hits && (!best || kinds > best.kinds)) best = { line, kinds, hits }
    }
    const inHeading = order ? pieces(rubrik, mark).kinds : 0
    if (best || inHeading) {
      const line = best ? best.line : rader.split("\n")[0]
      found.push({
        ankare: order ? ankare : "", order, worth: Math.max(best ? best.kinds : 0, inHeading),
        rubrik: order ? pieces(rubrik, mark).made : [], text: around(line, mark),
      })
    }
  })
  return found.sort((a, b) => b.worth - a.worth || a.order - b.order)
}

/* `igen` when the same question is answered better, now that there is more to answer with; `hel` when
   there is no more to come. */
const answer = (igen = false) => {
  if (!searching || !latest) return
  const { fraga, tur, antal } = latest
  const found = searching.find(fraga)
  const mark = searching.marker(fraga)
  const traffar = found.slice(0, antal).map((page) => {
    const sections = texts?.[page.nummer] ?? []
    const stallen = places(sections, mark)
    const lead = sections.length ? sections[0][2].split("\n")[0] : ""
    // Where the title has it all, or no line has anything, the page's first line says most.
    if (lead && (!stallen.length || pieces(page.titel, mark).kinds === searching.about(fraga).length)) {
      if (stallen.length && !stallen[0].ankare) stallen.shift()
      stallen.unshift({ ankare: "", rubrik: [], text: around(lead, mark) })
    }
    return {
      adress: page.adress, titel: pieces(page.titel, mark).made, galler: page.galler,
      sagt: [page.slag, page.lage, page.enhet].filter(Boolean),
      stallen: stallen.map(({ ankare, rubrik, text }) => ({ ankare, rubrik, text })),
    }
  })
  postMessage({ fraga, tur, traffar, alla: found.length, hel: texts !== null, igen: igen && answered === tur })
  answered = tur
}

const load = async (address) => {
  const got = await fetch(address, { cache: "no-cache" })
  if (!got.ok) throw new Error(`${got.status}`)
  return got.json()
}

onmessage = ({ data }) => {
  if (data.bas) {
    const failed = (error) => postMessage({ fel: String(error) })
    load(`${data.bas}sok/index.json`).then((index) => { searching = skaSok.open(index); answer() }).catch(failed)
    // Where it can't be had, the pages' names are the whole answer.
    const whole = (text) => { texts = text; answer(true) }
    load(`${data.bas}sok/text.json`).then(whole, () => whole([])).catch(failed)
    return
  }
  latest = data
  answer()
}
