namespace MlNetRnn;

/// <summary>How a layer reads a grid.</summary>
public enum RnnGridLayer
{
    /// <summary>
    /// A multi-dimensional recurrent network: each cell reads the states of its neighbors in the row and in the column, in one scan per corner (Graves et al.,
    /// 2007).
    /// </summary>
    MultiDimensional,

    /// <summary>A ReNet: recurrent networks read each row in both directions, then each column of the results (Visin et al., 2015).</summary>
    ReNet,
}
