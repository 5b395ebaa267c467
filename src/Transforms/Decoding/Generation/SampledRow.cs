using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Decoding;

/// <summary>A row of a <see cref="SymbolSampler"/>.</summary>
internal sealed class SampledRow
{
    private readonly int[] _last = new int[1];
    private RandomStream _random;

    /// <summary>Creates a row that has generated nothing.</summary>
    /// <param name="number">The number of the row.</param>
    /// <param name="unread">The symbols that the model has to read.</param>
    /// <param name="history">The symbols so far; null if the filters do not depend on them.</param>
    /// <param name="random">The random numbers of this row.</param>
    public SampledRow(int number, int[] unread, SymbolHistory? history, RandomStream random)
    {
        (Number, Slot, Unread, History, _random) = (number, number, unread, history, random);
    }

    public int Number { get; }

    /// <summary>The row of the model; -1 after the row has been removed from it.</summary>
    public int Slot { get; set; }

    /// <summary>
    /// The symbols that the model has not read: those of the prompt, later the last symbol. There is at least one, unless the row ended because every symbol
    /// was forbidden.
    /// </summary>
    public ReadOnlyMemory<int> Unread { get; set; }

    public SymbolHistory? History { get; }

    /// <summary>The number of generated symbols.</summary>
    public int Length { get; private set; }

    public GenerationEnd End { get; set; }

    /// <summary>The state at the end, if the sampler keeps it.</summary>
    public GenerationState? State { get; private set; }

    /// <summary>Draws a symbol; -1 if every symbol is forbidden.</summary>
    public int Draw(SymbolDraw draw, Span<float> scores) => draw.Draw(scores, ref _random);

    /// <summary>Adds a generated symbol, which the model has not read.</summary>
    public void Add(int symbol)
    {
        _last[0] = symbol;
        Unread = _last;
        History?.Add(symbol);
        Length++;
    }

    /// <summary>Returns the state of the row while it is a row of the model.</summary>
    public GenerationState ToState(INextSymbols model) =>
        new(model.Save(Slot), Unread.ToArray(), History?.All.ToArray(), _random.State);

    /// <summary>Keeps the state before the row is removed from the model.</summary>
    public void Keep(INextSymbols model) => State = ToState(model);
}
