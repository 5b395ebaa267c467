using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>A base class for tests with a CoNLL-U file that uses all features of the format.</summary>
public abstract class ConlluCase : IDisposable
{
    private protected const string Sample =
        """
        # newdoc id = d
        # sent_id = s1
        # text = vámonos al mar
        1-2	vámonos	_	_	_	_	_	_	_	_
        1	vamos	ir	VERB	_	Mood=Imp|Number=Plur	0	root	0:root	_
        2	nos	nosotros	PRON	_	_	1	obj	1:obj	_
        3-4	al	_	_	_	_	_	_	_	_
        3	a	a	ADP	_	_	5	case	5:case	_
        4	el	el	DET	_	_	5	det	5:det	_
        5	mar	mar	NOUN	_	Gender=Masc	1	obl	1:obl:a	SpaceAfter=No

        # text_en = no id here
        0.1	_	_	_	_	_	_	_	_	CopyOf=2
        1	Sue	Sue	PROPN	NNP	_	2	nsubj	_	_
        2	likes	like	VERB	VBZ	_	0	root	_	_
        2.1	likes	like	VERB	_	_	_	_	1:conj	_
        2.2	x y	_	_	_	_	_	_	_	_

        1	only	only	ADV	RB	_	0	root	_	_


        """;

    private protected readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected IDataView Load(string text) => _folder.ML.Data.LoadFromConllu(_folder.Write("a.conllu", text));

    private protected Row[] Rows(string text) => [.. _folder.ML.Data.CreateEnumerable<Row>(Load(text), reuseRowObject: false)];

    private protected byte[] Saved(IDataView data, RnnConlluColumns? columns = null)
    {
        using var stream = new MemoryStream();
        _folder.ML.Data.SaveAsConllu(data, stream, columns);
        Assert.True(stream.CanWrite);
        return stream.ToArray();
    }

    private protected sealed class Row
    {
        public string SentenceId = "", Text = "";
        public string[] Id = [], Form = [], Lemma = [], Upos = [], Xpos = [], Feats = [], Head = [], Deprel = [], Deps = [], Misc = [];

        public string[] Comments = [], AdditionalLines = [];
    }
}
