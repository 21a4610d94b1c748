gazetteLedger({{ .Params.part }}, {"rows": {{ partialCached "ledger-rows.html" . .Language.Lang .Params.part | jsonify (dict "noHTMLEscape" true) }}});
