// The card that the address names: card.html?CHAIN/NAME#FINDING; card.html?CHAIN lists the cards of a chain.
(function () {
  "use strict";
  var holder = document.getElementById("card"), chains = document.getElementById("chains");
  var parts = decodeURIComponent(location.search.slice(1).split("&")[0]).split("/"), chain = parts[0], name = parts[1];
  function say(text) {
    var p = document.createElement("p");
    p.className = "lead";
    p.setAttribute("role", "status");
    p.textContent = text;
    holder.insertBefore(p, holder.firstChild);
    done();
  }
  function done() { document.documentElement.dataset.ready = "1"; }
  function link(parent, text, href) {
    var a = document.createElement("a");
    a.href = href;
    a.textContent = text;
    parent.appendChild(a);
    return a;
  }
  function address(n) { return "card.html?" + chain + "/" + n; }
  function list(cards) {
    chains.textContent = "";
    Object.keys(cards).forEach(function (n) {
      var li = document.createElement("li");
      link(li, cards[n][0], address(n)).className = "button";
      chains.appendChild(li);
    });
    done();
  }
  function show(cards) {
    var card = Object.prototype.hasOwnProperty.call(cards, name) ? cards[name] : null, names = Object.keys(cards), at = names.indexOf(name), trail = document.getElementById("trail");
    if (!card) { say(holder.dataset.unknown); return; }
    document.title = card[0] + " · " + holder.dataset.atlas;
    document.getElementById("title").textContent = card[0];
    document.getElementById("kind").textContent = card[1];
    link(trail, holder.dataset.all + " " + (at + 1) + " / " + names.length, "card.html?" + chain);
    if (at > 0) link(trail, "←", address(names[at - 1])).setAttribute("aria-label", cards[names[at - 1]][0]);
    if (at < names.length - 1) link(trail, "→", address(names[at + 1])).setAttribute("aria-label", cards[names[at + 1]][0]);
    // Made by our own template, with every name escaped.
    holder.innerHTML = card[2];
    document.getElementById("print").addEventListener("click", function () { window.print(); });
    var twin = document.querySelector("a.twin");
    if (twin) twin.href += location.search + location.hash;
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    // The browser looked for the place before it was there.
    if (target) { target.scrollIntoView(); target.classList.add("target"); }
    done();
  }
  if (!chain) { done(); return; }
  // Only a chain that the page itself names has a script: any other would be asked for in vain.
  if (!/^[\w-]+$/.test(chain) || !chains.querySelector('a[href="card.html?' + chain + '"]')) { say(holder.dataset.unknown); return; }
  var script = document.createElement("script");
  script.src = "data/cards-" + chain + ".js";
  script.onerror = function () { say(holder.dataset.unknown); };
  script.onload = function () {
    window.atlasUnpack("ATLAS_CARDS").then(function (data) { if (name) show(data.cards); else list(data.cards); }, function () { say(holder.dataset.old); });
  };
  document.head.appendChild(script);
})();
