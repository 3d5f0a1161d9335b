// An HTTP server of ClickHouse's statements that hands each to the engine out
// of npm's chdb, one after the other.
//
//	node front.js MODULES DIRECTORY PORT
'use strict';
const http = require('http');
const path = require('path');
const [modules, directory, port] = process.argv.slice(2);
const { Session } = require(path.resolve(modules, 'chdb'));
const session = new Session(directory);

// What the HTTP interface itself takes.
const own = new Set(['wait_end_of_query', 'database']);
const quote = (text) => "'" + text.replace(/['\\]/g, '\\$&') + "'";

function answer(url, statement) {
	const database = url.searchParams.get('database') || 'default';
	session.query('USE `' + database.replace(/[`\\]/g, '\\$&') + '`');
	for (const [name, value] of url.searchParams)
		if (!own.has(name))
			session.query(`SET ${name} = ${quote(value)}`);
	return session.query(statement, 'TabSeparated');
}

http.createServer((request, response) => {
	const url = new URL(request.url, 'http://localhost');
	const parts = [];
	request.on('data', (part) => parts.push(part));
	request.on('end', () => {
		if (url.pathname === '/ping')
			return response.end('Ok.\n');
		try {
			// The engine ends a statement at a NUL.
			response.end(answer(url, Buffer.concat(parts).toString()
				.replaceAll('\0', '\\0')));
		} catch (e) {
			response.writeHead(500);
			response.end(e.message.replace('Query failed: ', '') + '\n');
		}
	});
}).listen(Number(port), '127.0.0.1');
