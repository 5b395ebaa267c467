namespace MlNetRnn.Kernels;

/// <summary>
/// The matrix product of this library. As in Goto and van de Geijn (2008), parts of the operands are copied so that the inner kernel reads them from the
/// caches: a panel of op(B) from the first level, the rows of op(A) from the second. The sum of each number of C begins with βC and has the order of K, so a
/// result depends neither on how a product is divided among calls nor on the processor, if it multiplies and adds in one instruction. Thread-safe.
/// </summary>
internal static unsafe class BlockedProduct
{
    /// <summary>Sizes of the parts. A panel of 32 columns takes 32 KB.</summary>
    public const int Depth = 256, RowsAtOnce = 128, ColumnsAtOnce = 1024;

    /// <summary>Number of rows that the inner kernel computes together.</summary>
    private const int Group = 8;

    /// <summary>Number of floats in a register. Tests replace it, to check the kernels of other processors.</summary>
    internal static int Lanes { get; set; } = PanelProduct.Lanes;

    /// <summary>Number of columns in a panel.</summary>
    public static int PanelWidth => 2 * Lanes;

    /// <summary>Computes C ← βC + op(A)·op(B), with β = 1 if <paramref name="adds"/>, and 0 otherwise.</summary>
    public static void Compute(Matrix c, bool adds, Matrix a, bool transposeA, Matrix b, bool transposeB)
    {
        float* panels = ProductMemory.OfThread.Panels;
        int k = transposeA ? a.Rows : a.Columns, width = PanelWidth;
        for (int column = 0; column < c.Columns; column += ColumnsAtOnce)
        {
            int columns = Math.Min(ColumnsAtOnce, c.Columns - column);
            for (int depth = 0; depth < k; depth += Depth)
            {
                int count = Math.Min(Depth, k - depth);
                nint panelStride = (nint)count * width;
                if (transposeB) PanelPacking.PackTransposed(b.Row(column) + depth, b.Stride, (count, columns), panels, width, panelStride);
                else PanelPacking.Pack(b.Row(depth) + column, b.Stride, (count, columns), panels, width, panelStride);
                var part = new Part(a, transposeA, depth, count, panels, panelStride, !adds && depth == 0);
                AddPart(c.SliceColumns(column, columns), part);
            }
        }
        if (k == 0 && !adds) c.Clear();
    }

    /// <summary>Computes C ← βC + op(A)·op(B) of a packed op(B).</summary>
    public static void Compute(Matrix c, bool adds, Matrix a, bool transposeA, PackedOperand b)
    {
        int k = b.Rows, width = PanelWidth;
        for (int depth = 0; depth < k; depth += Depth)
        {
            float* panels = b.Panels + (nint)depth * width;
            AddPart(c, new Part(a, transposeA, depth, Math.Min(Depth, k - depth), panels, (nint)k * width, !adds && depth == 0));
        }
        if (k == 0 && !adds) c.Clear();
    }

    private static void AddPart(Matrix c, in Part part)
    {
        float* packed = ProductMemory.OfThread.Rows;
        int whole = c.Columns / PanelWidth;
        for (int row = 0; row < c.Rows; row += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, c.Rows - row);
            Matrix own = c.Slice(row, rows);
            Left left;
            if (part.TransposeA)
            {
                nint groupStride = (nint)part.Count * Group;
                PanelPacking.Pack(part.A.Row(part.Depth) + row, part.A.Stride, (part.Count, rows), packed, Group, groupStride);
                left = new Left(packed, 1, groupStride, Group);
            }
            else
            {
                left = new Left(part.A.Row(row) + part.Depth, part.A.Stride, (nint)Group * part.A.Stride, 1);
            }
            if (whole > 0) Add(own.Data, own.Stride, rows, left, part, part.Panels, whole, part.Overwrites);
            if (whole * PanelWidth < c.Columns) AddLastPanel(own.SliceColumns(whole * PanelWidth, c.Columns - whole * PanelWidth), left, part, whole);
        }
    }

    // The inner kernel writes whole panels, but the numbers beside C belong to others.
    private static void AddLastPanel(Matrix c, in Left left, in Part part, int panel)
    {
        int width = PanelWidth;
        float* edge = ProductMemory.OfThread.Edge;
        if (!part.Overwrites)
        {
            new Span<float>(edge, c.Rows * width).Clear();
            for (int row = 0; row < c.Rows; row++) c.RowSpan(row).CopyTo(new Span<float>(edge + row * width, width));
        }
        Add(edge, width, c.Rows, left, part, part.Panels + panel * part.PanelStride, 1, part.Overwrites);
        for (int row = 0; row < c.Rows; row++) new Span<float>(edge + row * width, c.Columns).CopyTo(c.RowSpan(row));
    }

    private static void Add(float* y, nint yStride, int rows, in Left left, in Part part, float* panels, int count, bool overwrites) =>
        PanelProduct.Add(Lanes, new PanelTask
        {
            Matrix = panels,
            PanelStride = part.PanelStride,
            Panels = count,
            Columns = part.Count,
            Rows = rows,
            Overwrites = overwrites,
            X = left.X,
            XStride = left.Stride,
            XStrideOfEight = left.StrideOfEight,
            XStep = left.Step,
            Y = y,
            YStride = yStride,
        });

    /// <summary>A part of the columns of op(A) and the same rows of op(B), packed.</summary>
    private readonly struct Part(Matrix a, bool transposeA, int depth, int count, float* panels, nint panelStride, bool overwrites)
    {
        public Matrix A => a;

        public bool TransposeA => transposeA;

        public int Depth => depth;

        public int Count => count;

        public float* Panels => panels;

        public nint PanelStride => panelStride;

        public bool Overwrites => overwrites;
    }

    /// <summary>The layout of the rows of op(A): see <see cref="PanelTask"/>.</summary>
    private readonly struct Left(float* x, nint stride, nint strideOfEight, nint step)
    {
        public float* X => x;

        public nint Stride => stride;

        public nint StrideOfEight => strideOfEight;

        public nint Step => step;
    }
}
