/**
 * What search indexes answer, against what scans do: with random queries, and with each way that an index is known to mislead.
 *
 * <p>The traps, and the tests that hold the door:
 *
 * <pre>
 * documents that an index hasn't got
 *   one value that can't be read               NumberTrapsTest.oneDocumentInAHundredCannotBeIndexed
 *                                              IndexTrustTest.aDocumentThatCouldNotBeIndexed
 *   a document's value of another type         NumberTrapsTest.documentsOfTheWrongTypeCannotBeIndexed
 *   an empty array at a sortable path          NumberTrapsTest.anEmptyArrayAtASortablePathCannotBeIndexed
 *   an index that is being built               IndexTrustTest.anIndexThatIsBeingBuilt
 *   SKIPINITIALSCAN                            IndexTrustTest.anIndexOverNewKeysAlone
 *   FILTER, narrow prefixes, stars             IndexTrapsTest.anIndexWithAFilter…, anIndexOfANarrowerPrefix, aPrefixWithAStar
 *   keys of the other type                     IndexTrapsTest.anIndexOverKeysOfTheOtherType
 *   attributes that are all NOINDEX            IndexTrustTest.aDocumentOfUnindexedAttributesAloneIsSkipped
 *   dropped, or made anew otherwise            IndexTrustTest.aDroppedIndex, anIndexMadeAnewWithOtherPrefixes
 * documents that are no rows
 *   other prefixes, other patterns             IndexTrapsTest.anIndexOfABroaderPrefix, IndexTrustTest.aKeyUnderThePrefixThatIsNoRow
 *   other logical databases                    IndexTrustTest.keysInAnotherDatabaseAreInTheIndexToo
 *   keys and fields that expired               IndexTrustTest.anExpiredKeyIsNoRow, theFirstRowsAreNoExpiredOnes,
 *                                              aFieldThatExpiredIsNull; GroupTrapsTest.keysThatExpiredAreNotCounted
 * no rows and no error
 *   unknown names, NOINDEX, wrong types        IndexTrapsTest.columnsThatTheIndexDoesNotKnow,
 *                                              NumberTrapsTest.numbersIndexedAsTextAreLeft, textsIndexedAsNumbersAreLeft
 *   odd names, quoted paths, deep nesting      NumberTrapsTest.oddNamesOfAttributes, aConditionNestedDeeply; IndexTrapsTest.pathsThatNeedQuotes
 * TAG
 *   separators, blanks, case, empty, NUL       TextTrapsTest.aTagIsCutAtTheSeparatorAndTrimmed, aTagFoldsCaseOfAsciiAlone,
 *   and length                                 anEmptyTagIsKeptOnlyWhereItIsAskedFor, aTagEndsAtANul, aLongTagIsCut
 *   characters that queries give a meaning     TextTrapsTest.valuesOfAnyCharacterAreFound, listsOfAnyLengthAreAskedForAtOnce
 *   arrays, nulls of documents                 TextTrapsTest.anArrayIsATagForEachElement
 *   LIKE stops at 200 tags                     TextTrapsTest.aBeginningOfManyTags, beginningsThatTagsHaveInAnotherForm
 *   no order of texts                          TextTrapsTest.textHasNoOrderInAnIndex
 * TEXT: words, stems, stop words               TextTrapsTest.wordsAreCutStemmedAndLeftOut
 * NUMERIC
 *   doubles                                    NumberTrapsTest.numbersThatAreOneDouble, decimalsThatAreOneDouble
 *   numbers printed anew                       NumberTrapsTest.digitsAreThoseOfTheDocument
 *   NULL, NOT, OR                              NumberTrapsTest.unknownIsNotFalse, missingAndNullOfDocuments
 *   ORDER BY with NULLs                        NumberTrapsTest.missingNumbersAreSortedBySql
 * GEO, GEOSHAPE, VECTOR                        IndexTrapsTest.placesAndVectorsAreComparedAsTexts
 * limits of the server
 *   10,000 results, pages cut                  IndexTrapsTest.pagesBeyondTheServersCap, GroupTrapsTest.moreGroupsThanTheServersCap
 *   a timeout that gives a part                IndexTrustTest.aServerThatGivesUpAfterAMillisecond
 *   dialects                                   IndexTrapsTest.theServersDialectDoesNotMatter
 *   cursors miss what is rewritten             IndexTrapsTest.rowsThatAreRewrittenMeanwhile
 *   a field named __key                        IndexTrustTest.aHashFieldThatHidesTheName
 * groups
 *   texts run together, folded, cut            GroupTrapsTest.twoTextsAreNotRunTogether, groupsOfTextAreOfTheVeryText
 *   numbers that are one double, or two zeros  GroupTrapsTest.groupsOfNumbersThatAreOneDouble, bothZerosAreOneNumber
 *   rounded sums, 0 for nothing, AVG           GroupTrapsTest.sumsBeyondADoublesDigits, valuesThatAreMissing, nullsOfDocumentsAreNoValues
 *   a missing operand ends the reply           GroupTrapsTest.productsOfColumns
 *   literals of FILTER                         GroupTrapsTest.textsThatAFilterWouldMisread
 * who asks
 *   no permission for FT.*                     IndexTrustTest.aUserWithoutPermissionForSearch
 *   no search module                           PlainServerTest
 *   a cluster                                  ClusterIndexTest
 * </pre>
 */
@NullMarked
package io.rediscalcite.jdbc.live.search;

import org.jspecify.annotations.NullMarked;
