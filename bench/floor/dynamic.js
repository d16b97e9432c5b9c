// The floor of every dynamic provider: one that returns at once what it is told.
let made = 0;

exports.create = async (inputs) => ({ id: `floor-${made++}`, outs: inputs });
exports.check = async (_olds, news) => ({ inputs: news });
exports.diff = async () => ({});
exports.read = async (id, props) => ({ id, props });
exports.update = async (_id, _olds, news) => ({ outs: news });
exports.delete = async () => {};
