// What the theme's script calls to keep something and to find it again, by the names it knows. Nothing
// is kept that the reader didn't choose; the verdict on the edition is, while the tab is open.
{
  const scope = new URL(document.querySelector(".md-logo").href)
  const attempt = (what) => {
    try {
      return what()
    } catch {
      return null // a browser that keeps nothing
    }
  }
  window.__md_get = (key, store, { pathname } = scope) =>
    attempt(() => JSON.parse((store || localStorage).getItem(`${pathname}.${key}`)))

  let chosen = window.__md_get("__palette") !== null
  addEventListener("change", (event) => { if (event.target.name === "__palette") chosen = true }, true)

  window.__md_set = (key, value, store, { pathname } = scope) => {
    if (key === "__palette" ? !chosen : key !== "__outdated") return
    attempt(() => (store || localStorage).setItem(`${pathname}.${key}`, JSON.stringify(value)))
  }
}
