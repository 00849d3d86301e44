-- Reads every text of a request alone, each with an empty file system, so that none can see a file or another text.
-- In:  [[format, text], ...] on standard input.
-- Out: two lines a text: {"warnings": [{kind, text, line, column}], "error": ...}, then the tree (or the CSL items) as JSON.

local request = pandoc.json.decode(io.read("a"), false)

local function read(format, text)
  -- Raw HTML, comments included, comes back as Raw nodes: the caller refuses them by name.
  local document = pandoc.read(text, format, {}, {})
  return pandoc.write(document, format == "biblatex" and "csljson" or "json")
end

for _, given in ipairs(request) do
  local messages, ok, result = pandoc.log.silence(pcall, read, given[1], given[2])
  local warnings = pandoc.List {}
  for _, message in ipairs(messages) do
    local facts = pandoc.json.decode(pandoc.json.encode(message), false)  -- a log message shows its fields only so
    if facts.verbosity == "WARNING" or facts.verbosity == "ERROR" then
      warnings:insert { kind = facts.type, text = facts.pretty, line = facts.line or 0, column = facts.column or 0 }
    end
  end
  local head = { warnings = warnings, error = (not ok) and tostring(result) or "" }
  io.write(pandoc.json.encode(head), "\n")
  io.write(ok and (result:gsub("[\r\n]+", " ")) or "", "\n")
  io.flush()
end
