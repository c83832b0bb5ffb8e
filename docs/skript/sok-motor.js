/* Finds pages for a question. Knows nothing of the page it runs in: the worker loads it, the tests too.

   The index holds the words as they are written on the pages. A question's word is held against all
   of them — inflected, begun, inside a compound, misspelt — and each match has its worth. */
"use strict"

const skaSok = (() => {
  // Words. `fold` and `words` in src/ska/sok/ordform.py do the same.

  const fold = (text) =>
    text.toLowerCase().replace(/æ/g, "a").replace(/ø/g, "o").replace(/ß/g, "s").replace(/\u00ad/g, "")
      .normalize("NFD").replace(/[\u0300-\u036f]/g, "")
  const words = (text) => fold(text).match(/[0-9]+:[0-9]+|[a-z0-9]+/g) || []

  /* What stands in a question without saying what it is about. */
  const EMPTY = new Set(words(
    "alla allt att av blir bli da de dem den denna dessa det detta dig din dit dom du då efter eller en er ett " +
    "finns fram från får får för ger gör göra gå ha han har hos hur här i igen in inte ja jag kan ni man med " +
    "fick fått innebär betyder menas mellan men mig min mitt måste nu nya när någon något några och om oss på sig sin ska " +
    "skall skulle skillnad skillnaden " +
    "som till typ under upp ut utan vad var vara vart vem vi via vid vilka vilken vilket vill vår vårt " +
    "är åt över"
  ))

  /* The words that a question is about. ”ska” alone is the abbreviation. */
  const telling = (all) => {
    const left = all.filter((word) => !EMPTY.has(word))
    return left.length ? left : all
  }

  /* Endings of Swedish words, without marks, the longest first. Taken off one after the other, so that
     ”avvikelserna”, ”avvikelse” and ”avvikelsens” end at the same stem. */
  const ENDINGS = new Set((
    "ningarnas ningarna ningars ningar ningens ningen nings ning " +
    "ingarnas ingarna ingars ingar ingens ingen ings ing heterna heter heten hets het " +
    "andena andet ande arens arnas ernas ornas arna erna orna aren arne ares are ades ade ats ar ers er ors or " +
    "ens en ets et ans an ad at as es on a e o s"
  ).split(" "))
  const LONGEST = 9
  /* How many letters must be left: four before a lone letter, three before an ending that is surer. */
  const LEFT = 3

  const stem = (word) => {
    if (/[0-9]/.test(word)) return word
    for (;;) {
      let length = Math.min(LONGEST, word.length - LEFT)
      while (length > 0 && !(ENDINGS.has(word.slice(-length)) && word.length - length >= LEFT + (length === 1))) length--
      if (length <= 0) return word
      word = word.slice(0, -length)
    }
  }

  /* Whether one letter added, lost, changed, or two that changed places, make one word of the other. */
  const oneSlip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false
    let i = 0
    while (i < a.length && a[i] === b[i]) i++
    if (i === a.length && i === b.length) return true
    const restA = a.slice(i), restB = b.slice(i)
    if (a.length > b.length) return restA.slice(1) === restB
    if (a.length < b.length) return restA === restB.slice(1)
    return restA.slice(1) === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  }

  /* Pages with less than this of the best page's score have the words, but aren't about them. */
  const LEAST = 0.1

  // How much a match is worth, where the very word is worth one.
  const WORTH = { stem: 0.93, begun: 0.85, head: 0.72, inside: 0.4, part: 0.5, slip: 0.65 }

  /* How well a word of the index answers a word of the question; 0 when not at all. */
  const worth = (asked, askedStem, word, wordStem) => {
    if (word === asked) return 1
    if (wordStem === askedStem) return WORTH.stem
    if (asked.length > 1 && word.startsWith(asked)) {
      return WORTH.begun * (0.6 + 0.4 * asked.length / word.length)
    }
    if (askedStem.length < 4 || /[0-9]/.test(asked)) return 0
    if (wordStem.startsWith(askedStem)) return WORTH.begun * (0.5 + 0.4 * askedStem.length / wordStem.length)
    const at = wordStem.indexOf(askedStem)
    if (at < 0) return 0
    // ”attityd|undersökning” is an undersökning; ”tillsyn|s|besök” less so a tillsyn.
    return at + askedStem.length === wordStem.length ? WORTH.head : WORTH.inside
  }

  /* A name without regard to inflection and order: ”4 kap. 8 § skollagen” is ”Skollagen 4 kap. 8 §”. */
  const likeness = (name) => telling(words(name)).map(stem).sort().join(" ")

  const open = (index) => {
    const terms = index.ord.split(" ")
    const stems = terms.map(stem)
    const known = new Map(terms.map((word, number) => [word, number]))
    const pages = index.sidor.map(([adress, titel, slag, lage, enhet, galler, vikt, namn, sokord], nummer) => ({
      nummer, adress, titel, slag, lage, enhet, galler: !!galler, vikt: vikt / 100,
      namn: [titel, ...namn].map(likeness), sokord: sokord.map(likeness),
      titelord: new Set(words([titel, ...namn].join(" ")).map(stem)),
    }))

    const remembered = new Map()

    /* The words of the index that answer one word of the question, with what each is worth. */
    const answers = (asked) => {
      if (remembered.has(asked)) return remembered.get(asked)
      const askedStem = stem(asked)
      const found = new Map()
      let best = 0
      for (let number = 0; number < terms.length; number++) {
        const value = worth(asked, askedStem, terms[number], stems[number])
        if (value) found.set(number, value)
        if (value > best) best = value
      }
      if (best < WORTH.stem && asked.length > 3 && !/[0-9]/.test(asked)) {
        const meant = new Set()
        for (let number = 0; number < terms.length; number++) {
          const likeStem = stems[number].length > 3 && oneSlip(askedStem, stems[number])
          if (likeStem || (terms[number].length > 3 && oneSlip(asked, terms[number]))) meant.add(stems[number])
        }
        for (let number = 0; meant.size && number < terms.length; number++) {
          if (!meant.has(stems[number])) continue
          found.set(number, Math.max(found.get(number) || 0, WORTH.slip))
          best = Math.max(best, WORTH.slip)
        }
      }
      if (best < WORTH.slip) { // a compound that nobody has written: its parts
        for (let number = 0; number < terms.length; number++) {
          const part = terms[number]
          const ends = stems[number].length > 3 && askedStem.endsWith(stems[number])
          if (part.length > 3 && (ends || asked.startsWith(part))) {
            found.set(number, Math.max(found.get(number) || 0, WORTH.part * part.length / asked.length))
          }
        }
      }
      if (remembered.size > 200) remembered.clear()
      remembered.set(asked, found)
      return found
    }

    const about = (question) => telling([...new Set(words(question))])

    /* Each page's best match for one word, and how much the word tells. */
    const weigh = (asked) => {
      const found = answers(asked)
      const scores = new Float32Array(pages.length)
      let near = 0
      for (const [number, value] of found) {
        const hits = index["träffar"][number]
        let page = 0
        for (let i = 0; i < hits.length; i += 2) {
          page += hits[i]
          const score = value * hits[i + 1]
          if (!scores[page] && value >= WORTH.slip) near++
          if (score > scores[page]) scores[page] = score
        }
      }
      return { scores, rarity: Math.log(1 + pages.length / (1 + near)) }
    }

    const find = (question) => {
      const asked = about(question)
      if (!asked.length) return []
      const weighed = asked.map(weigh)
      const possible = weighed.reduce((sum, { rarity }) => sum + rarity, 0)
      const name = likeness(question)
      const stemmed = asked.map(stem)
      const curated = asked.length > 1 ? 2 : 1.4 // a whole phrase that someone has set to lead here
      const found = []
      let most = 0
      for (let number = 0; number < pages.length; number++) {
        const page = pages[number]
        let score = 0, covered = 0
        for (const { scores, rarity } of weighed) {
          if (!scores[number]) continue
          score += rarity * scores[number]
          covered += rarity
        }
        if (!score) continue
        const share = covered / possible
        const named = page.namn.includes(name)
        const inTitle = stemmed.every((word) => page.titelord.has(word))
        score *= share ** 1.5 * page.vikt * (named ? 1.6 : page.sokord.includes(name) ? curated : inTitle ? 1.25 : 1)
        // What no longer holds comes last, unless it is named itself.
        found.push({ number, score, last: page.galler || named ? 0 : 1 })
        if (score > most) most = score
      }
      return found
        .filter((one) => one.score >= LEAST * most)
        .sort((a, b) => a.last - b.last || b.score - a.score || a.number - b.number)
        .map(({ number }) => pages[number])
    }

    /* Which of the question's words a text holds: the number of each, at each word of the text. */
    const marker = (question) => {
      const sought = new Map()
      about(question).forEach((asked, which) => {
        for (const [number, value] of answers(asked)) if (value >= WORTH.inside) sought.set(terms[number], which)
      })
      return (word) => sought.get(fold(word))
    }

    return { find, marker, about, answers: (asked) => [...answers(asked)].map(([n, v]) => [terms[n], v]) }
  }

  return { fold, words, stem, oneSlip, open }
})()

if (typeof module !== "undefined") module.exports = skaSok
