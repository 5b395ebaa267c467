// Serves models of this library over HTTP: classes or ratings of texts, tags of their words, continuations and translations of texts, captions of images, and
// a page to try them.
//   dotnet run -c Release --project samples/Serving                                       trains five small models on samples/Data and serves them
//   dotnet run -c Release --project samples/Serving -- --model M.zip --tagger T.zip       serves models of the samples TextClassification and SequenceTagging
//   curl -H 'Content-Type: application/json' -d '{"text": "Where is my parcel?"}' http://127.0.0.1:5080/classify
using MlNetRnn.Samples.Serving;

return new ServingCommand().Run(args);
