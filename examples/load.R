# Load the four tables in R, as they are meant: Rscript examples/load.R DIR
# Base R only. Text that a spreadsheet might take for a formula carries an apostrophe; unguard takes it off.

unguard <- function(x) gsub("(^|[;\t])'('*[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-])", "\\1\\2", x, perl = TRUE)

load_table <- function(directory, name, excel = FALSE) {
  read <- if (excel) read.csv2 else read.csv # --excel: semicolons and a decimal comma
  table <- read(file.path(directory, paste0(name, ".csv")),
    fileEncoding = if (excel) "UTF-8-BOM" else "UTF-8", encoding = "UTF-8",
    na.strings = "", colClasses = "character", quote = "\"", comment.char = "", check.names = FALSE
  )
  dates <- intersect(c("date", "letter_date", "deadline_from", "deadline_to"), names(table))
  whole <- intersect(c("ordinal", "page", "response_page", "pages", "recommendations"), names(table))
  for (column in names(table)) table[[column]] <- unguard(table[[column]])
  table[dates] <- lapply(table[dates], as.Date, format = "%Y-%m-%d")
  table[whole] <- lapply(table[whole], as.integer)
  if ("confidence" %in% names(table)) table$confidence <- as.numeric(sub(",", ".", table$confidence, fixed = TRUE))
  if ("needs_review" %in% names(table)) table$needs_review <- table$needs_review == "true"
  table
}

if (!interactive() && sys.nframe() == 0L) {
  arguments <- commandArgs(trailingOnly = TRUE)
  folder <- if (length(arguments)) arguments[[1]] else "."
  recommendations <- load_table(folder, "recommendations")
  documents <- load_table(folder, "documents")
  cat(nrow(documents), "documents,", nrow(recommendations), "recommendations\n")
  letters <- merge(subset(recommendations, document_kind == "letter"), documents[c("document_id", "ministry")])
  print(table(letters$ministry, letters$status, useNA = "ifany"))
}
