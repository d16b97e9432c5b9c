const Sequencer = require("@jest/test-sequencer").default;

/** Begins with the suites that start processes, so that no long one is left to a single worker at the end. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => placeOf(a.path) - placeOf(b.path));
  }
};

const folders = ["faults", "engine", "docs", "plugin", "pipelines"];

function placeOf(path) {
  const place = folders.findIndex((folder) => path.split(/[\\/]/).includes(folder));
  return place < 0 ? folders.length : place;
}
