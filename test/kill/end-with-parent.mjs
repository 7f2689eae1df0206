// A worker whose test is gone would go on asking a database that is gone: what it reads from ends with its parent, however
// that ended.
process.stdin.once('close', () => process.kill(process.pid, 'SIGKILL')).resume();
process.stdin.unref();
